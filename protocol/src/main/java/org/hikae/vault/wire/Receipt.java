package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * The vault's signed word that something happened (spec HK1-V-12): a row of its ledger, the chain's
 * code of it, and a signature. A device compares every field with what it sent, verifies the
 * signature with the card's identity key, and keeps the receipt.
 *
 * @param tenant the company
 * @param entry the row
 * @param mac the chain's code up to and including the row
 * @param signature 64 bytes by the vault's identity key over {@link #transcript}
 */
public record Receipt(String tenant, LedgerEntry entry, Hash256 mac, byte[] signature) {

  /** The longest encoding, in bytes. */
  public static final int MAX_BYTES = 768;

  private static final int MAX_TENANT_BYTES = 64;

  /** Copies the array. */
  public Receipt {
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** What the vault signs. */
  public Transcript transcript() {
    return transcript(tenant, entry, mac);
  }

  /** What the vault signs. */
  public static Transcript transcript(String tenant, LedgerEntry entry, Hash256 mac) {
    return Transcript.of("vault receipt").add(tenant).add(entry.encode()).add(mac.toBytes());
  }

  /** What the vault signs, as bytes. */
  public byte[] signedBytes() {
    return transcript().toBytes();
  }

  /** The bytes to send and to keep. */
  public byte[] encode() {
    return Transcript.fields()
        .add(tenant)
        .add(entry.encode())
        .add(mac.toBytes())
        .add(signature)
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static Receipt parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    Receipt receipt =
        new Receipt(
            in.text("tenant", MAX_TENANT_BYTES),
            LedgerEntry.parse(in.atMost("entry", LedgerEntry.MAX_BYTES)),
            Hash256.of(in.exactly("mac", Hk1Constants.HASH_BYTES)),
            in.exactly("signature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return receipt;
  }
}
