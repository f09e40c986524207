package org.hikae.vault.wire;

import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * A request as the portal sees it: only the type, the card it was sealed to and the sealed bytes
 * (spec HK1-V-02).
 *
 * @param type the message
 * @param cardSequence sequence of the card it was sealed to
 * @param sealed HPKE: 65 bytes of encapsulated key, then the ciphertext of a {@link VaultRequest}
 */
public record VaultEnvelope(VaultMessageType type, long cardSequence, byte[] sealed) {

  /** Copies the array. */
  public VaultEnvelope {
    sealed = sealed.clone();
  }

  @Override
  public byte[] sealed() {
    return sealed.clone();
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields().addU8(type.number()).addU32(cardSequence).add(sealed).toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static VaultEnvelope parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    VaultEnvelope envelope =
        new VaultEnvelope(
            VaultMessageType.of(in.u8("type")),
            in.u32("cardSequence"),
            in.atMost("sealed", Hk1Constants.MAX_VAULT_MESSAGE_BYTES));
    in.end();
    return envelope;
  }

  /** The channel's info (RFC 9180): binds a sealed request to its type, the tenant and the card. */
  public static byte[] channelInfo(VaultMessageType type, String tenant, SignedCard card) {
    return Transcript.of("req")
        .addU8(type.number())
        .add(tenant)
        .add(card.cardHash().toBytes())
        .toBytes();
  }
}
