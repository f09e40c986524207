package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * How far the vault's ledger had come when it answered, signed by its identity key (spec HK1-V-20).
 * A device keeps the newest one and sends it with each request: a vault whose ledger does not
 * contain it was set back.
 *
 * @param seq number of the last row
 * @param mac the chain's code up to and including that row
 * @param signature 64 bytes over {@link #transcript}
 */
public record LedgerHead(long seq, Hash256 mac, byte[] signature) {

  /** The longest encoding, in bytes. */
  public static final int MAX_BYTES =
      4 + 8 + 4 + Hk1Constants.HASH_BYTES + 4 + Hk1Constants.SIGNATURE_BYTES;

  /** Copies the array. */
  public LedgerHead {
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** What the vault of {@code tenant} signs. */
  public static Transcript transcript(String tenant, long seq, Hash256 mac) {
    return Transcript.of("vault head").add(tenant).addU64(seq).add(mac.toBytes());
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields().addU64(seq).add(mac.toBytes()).add(signature).toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static LedgerHead parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    LedgerHead head =
        new LedgerHead(
            in.u64("seq"),
            Hash256.of(in.exactly("mac", Hk1Constants.HASH_BYTES)),
            in.exactly("signature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return head;
  }
}
