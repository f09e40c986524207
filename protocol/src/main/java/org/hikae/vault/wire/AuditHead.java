package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * How far the portal's audit trail has come, for the vault to sign and to keep in its ledger (spec
 * HK1-V-25): a trail that was cut off is then shorter than the vault says. Names no person.
 *
 * @param seq number of the trail's last event; 0 asks for the newest that the vault knows
 * @param hash hash of that event, and so of all before
 * @param export SHA-256 over an export that ends here; zero when this is about no export
 */
public record AuditHead(long seq, Hash256 hash, Hash256 export) {

  /** The question for the newest that the vault knows. */
  public static final AuditHead NEWEST = new AuditHead(0, Hash256.ZERO, Hash256.ZERO);

  /** The trail's end, without an export. */
  public static AuditHead of(long seq, Hash256 hash) {
    return new AuditHead(seq, hash, Hash256.ZERO);
  }

  /** Whether this is about an export. */
  public boolean isExport() {
    return !export.equals(Hash256.ZERO);
  }

  /** What the ledger's row holds of it. */
  public Hash256 detail() {
    return Hash256.sha256(
        Transcript.of("vault audit detail")
            .addU64(seq)
            .add(hash.toBytes())
            .add(export.toBytes())
            .toBytes());
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields().addU64(seq).add(hash.toBytes()).add(export.toBytes()).toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static AuditHead parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    AuditHead head =
        new AuditHead(
            in.u64("seq"),
            Hash256.of(in.exactly("hash", Hk1Constants.HASH_BYTES)),
            Hash256.of(in.exactly("export", Hk1Constants.HASH_BYTES)));
    in.end();
    return head;
  }
}
