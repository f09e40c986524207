package org.hikae.device.transfer;

import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What a device says of itself in a transfer (spec HK1-T-05). Who has shown that they know the code
 * has said it; before that it is the portal's word.
 *
 * @param publicKey SubjectPublicKeyInfo, of which the identifier follows
 * @param name what people call it
 */
record KeyTransferPeer(byte[] publicKey, String name) {

  /** Most bytes of a name: 100 characters of UTF-16 have fewer in UTF-8. */
  private static final int MAX_NAME_BYTES = 400;

  /** The associated data of its CPace message. */
  byte[] encode() {
    return Transcript.fields().add(publicKey).add(name).toBytes();
  }

  static KeyTransferPeer parse(byte[] associatedData) throws MalformedException {
    TranscriptReader in = new TranscriptReader(associatedData);
    KeyTransferPeer peer =
        new KeyTransferPeer(
            in.atMost("publicKey", Hk1Constants.MAX_SPKI_BYTES), in.text("name", MAX_NAME_BYTES));
    in.end();
    try {
      var _ = VerifyingKey.decode(peer.publicKey());
    } catch (CryptoException e) {
      throw new MalformedException("publicKey is no key of a device.");
    }
    return peer;
  }

  /** The device's identifier, 16 bytes. */
  byte[] deviceId() {
    return TextCodec.deviceId(publicKey);
  }

  /** The same, hexadecimal. */
  String deviceIdText() {
    return TextCodec.hex(deviceId());
  }
}
