package org.hikae.vault.wire;

import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;

/**
 * The vault's signed word that it did something (spec HK1-V-11). The device compares every field
 * with what it sent and verifies the signature with the card's identity key.
 *
 * @param event what was done
 * @param atSeconds the vault's clock, seconds since 1970
 * @param tenant the company
 * @param subject {@code sub} of the employee
 * @param setId the backup set, 16 bytes
 * @param credId the record, 32 bytes
 * @param uploadHash SHA-256 of the registration upload
 * @param wrapHash SHA-256 of the password wrap
 * @param ownerKey the owner's SubjectPublicKeyInfo
 * @param signature 64 bytes by the vault's identity key over {@link #signedBytes()}
 */
public record Receipt(
    VaultEvent event,
    long atSeconds,
    String tenant,
    String subject,
    byte[] setId,
    byte[] credId,
    Hash256 uploadHash,
    Hash256 wrapHash,
    byte[] ownerKey,
    byte[] signature) {

  /** What the vault signs, as bytes. */
  public byte[] signedBytes() {
    return transcript().toBytes();
  }

  /** What the vault signs. */
  public Transcript transcript() {
    return Transcript.of("vault receipt")
        .addU8(event.number())
        .addU64(atSeconds)
        .add(tenant)
        .add(subject)
        .add(setId)
        .add(credId)
        .add(uploadHash.toBytes())
        .add(wrapHash.toBytes())
        .add(ownerKey);
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields().add(signedBytes()).add(signature).toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static Receipt parse(byte[] bytes) throws MalformedException {
    FieldReader outer = new FieldReader(bytes);
    FieldReader in = new FieldReader(outer.atMost("receipt", 2048)).expectPurpose("vault receipt");
    byte[] signature = outer.exactly("signature", Hk1.SIGNATURE_BYTES);
    outer.end();
    Receipt receipt =
        new Receipt(
            VaultEvent.of(in.u8("event")),
            in.u64("at"),
            in.text("tenant", 64),
            in.text("subject", 255),
            in.exactly("setId", Hk1.ID_BYTES),
            in.exactly("credId", Hk1.HASH_BYTES),
            Hash256.of(in.exactly("uploadHash", Hk1.HASH_BYTES)),
            Hash256.of(in.exactly("wrapHash", Hk1.HASH_BYTES)),
            in.atMost("ownerKey", Hk1.MAX_SPKI_BYTES),
            signature);
    in.end();
    return receipt;
  }
}
