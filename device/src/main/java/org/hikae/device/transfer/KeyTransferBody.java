package org.hikae.device.transfer;

import org.hikae.crypto.CryptoException;
import org.hikae.crypto.cpace.CpaceMessage;
import org.hikae.crypto.cpace.CpaceSession;
import org.hikae.crypto.group.Element;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * Bodies of the first three messages (spec HK1-T-05): CPace's message, and what confirms the key.
 */
final class KeyTransferBody {

  private KeyTransferBody() {}

  /**
   * A share with what its device says of itself.
   *
   * @param message CPace's
   * @param peer who sent it, as it says
   * @param confirmation of an answer; empty of an offer
   */
  record ShareBody(CpaceMessage message, KeyTransferPeer peer, byte[] confirmation) {}

  static String offer(int number, CpaceMessage message) {
    return text(share(number, message));
  }

  static ShareBody parseOffer(String body, int number) throws MalformedException, CryptoException {
    TranscriptReader in = reader(body, number);
    CpaceMessage message = message(in);
    in.end();
    return new ShareBody(message, KeyTransferPeer.parse(message.associatedData()), new byte[0]);
  }

  static String answer(int number, CpaceMessage message, byte[] confirmation) {
    return text(share(number, message).add(confirmation));
  }

  static ShareBody parseAnswer(String body, int number) throws MalformedException, CryptoException {
    TranscriptReader in = reader(body, number);
    CpaceMessage message = message(in);
    byte[] confirmation = in.exactly("confirmation", CpaceSession.CONFIRMATION_BYTES);
    in.end();
    return new ShareBody(message, KeyTransferPeer.parse(message.associatedData()), confirmation);
  }

  static String confirmation(int number, byte[] confirmation) {
    return text(Transcript.fields().addU8(number).add(confirmation));
  }

  static byte[] parseConfirmation(String body, int number) throws MalformedException {
    TranscriptReader in = reader(body, number);
    byte[] confirmation = in.exactly("confirmation", CpaceSession.CONFIRMATION_BYTES);
    in.end();
    return confirmation;
  }

  private static Transcript share(int number, CpaceMessage message) {
    return Transcript.fields()
        .addU8(number)
        .add(message.encodedShare())
        .add(message.associatedData());
  }

  private static CpaceMessage message(TranscriptReader in)
      throws MalformedException, CryptoException {
    byte[] share = in.exactly("share", Element.UNCOMPRESSED_BYTES);
    return CpaceMessage.decode(
        share, in.atMost("associatedData", CpaceMessage.MAX_ASSOCIATED_DATA));
  }

  /** A body of another try is a message that was kept and sent again. */
  private static TranscriptReader reader(String body, int number) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes(body));
    if (in.u8("number") != number) {
      throw new MalformedException("This message is of another try.");
    }
    return in;
  }

  static byte[] bytes(String body) throws MalformedException {
    return TextCodec.parseBase64("body", body, KeyTransferSealer.MAX_BODY_BYTES);
  }

  private static String text(Transcript fields) {
    return TextCodec.base64(fields.toBytes());
  }
}
