package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * The newest snapshot of the calling device's series (spec HK1-V-19), signed by the set's owner key
 * so that nobody without K moves it on. The reply is a {@link Receipt} with event WITNESSED. The
 * first message of a set, with or without a password, makes its owner key known to the vault.
 *
 * @param ownerKey the owner's SubjectPublicKeyInfo
 * @param seq the snapshot's number in the series, from 1; strictly increasing
 * @param snapshotHash hash of the snapshot's stub
 * @param ownerSignature 64 bytes over {@link #transcript}
 */
public record Witness(byte[] ownerKey, long seq, Hash256 snapshotHash, byte[] ownerSignature) {

  /** Copies the arrays. */
  public Witness {
    ownerKey = ownerKey.clone();
    ownerSignature = ownerSignature.clone();
  }

  @Override
  public byte[] ownerKey() {
    return ownerKey.clone();
  }

  @Override
  public byte[] ownerSignature() {
    return ownerSignature.clone();
  }

  /**
   * What the owner key signs.
   *
   * @param employee {@link LedgerEntry#employeeOf}
   * @param series the device's identifier
   */
  public static Transcript transcript(
      String tenant,
      Hash256 employee,
      byte[] setId,
      byte[] series,
      long seq,
      Hash256 snapshotHash) {
    return Transcript.of("witness")
        .add(tenant)
        .add(employee.toBytes())
        .add(setId)
        .add(series)
        .addU64(seq)
        .add(snapshotHash.toBytes());
  }

  /** The payload's bytes. */
  public byte[] encode() {
    return Transcript.fields()
        .add(ownerKey)
        .addU64(seq)
        .add(snapshotHash.toBytes())
        .add(ownerSignature)
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static Witness parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    Witness message =
        new Witness(
            in.atMost("ownerKey", Hk1Constants.MAX_SPKI_BYTES),
            in.u64("seq"),
            Hash256.of(in.exactly("snapshotHash", Hk1Constants.HASH_BYTES)),
            in.exactly("ownerSignature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return message;
  }
}
