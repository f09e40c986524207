package org.hikae.vault.wire;

import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.jspecify.annotations.Nullable;

/**
 * What the vault answers to an {@link AuditHead} (spec HK1-V-25).
 *
 * @param outcome what became of it
 * @param seq number of the event that the receipt is about; 0 without a receipt
 * @param hash its hash
 * @param receipt the vault's signed row: the one asked for, or with {@link HeadOutcome#SET_BACK}
 *     the newest; null when there is none
 */
public record AuditHeadAnswer(
    HeadOutcome outcome, long seq, Hash256 hash, @Nullable Receipt receipt) {

  /** What became of a head. */
  public enum HeadOutcome {
    /** It is in the ledger; or, when the newest was asked for, this is it. */
    DONE(0),
    /** The vault knows of none yet. */
    NONE(1),
    /** The vault knows of a later end, or of another event at this place. */
    SET_BACK(2),
    /** Too many within a day. */
    LIMIT(3),
    /** The vault cannot say now. */
    NOT_NOW(4);

    private final int number;

    HeadOutcome(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    static HeadOutcome of(int number) throws MalformedException {
      for (HeadOutcome outcome : values()) {
        if (outcome.number == number) {
          return outcome;
        }
      }
      throw new MalformedException("Outcome " + number + " is unknown.");
    }
  }

  /** An answer without a receipt. */
  public static AuditHeadAnswer without(HeadOutcome outcome) {
    return new AuditHeadAnswer(outcome, 0, Hash256.ZERO, null);
  }

  /** The receipt, if there is one. */
  public Optional<Receipt> signed() {
    return Optional.ofNullable(receipt);
  }

  /** The bytes to send. */
  public byte[] encode() {
    return Transcript.fields()
        .addU8(outcome.number())
        .addU64(seq)
        .add(hash.toBytes())
        .add(receipt == null ? new byte[0] : receipt.encode())
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static AuditHeadAnswer parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    HeadOutcome outcome = HeadOutcome.of(in.u8("outcome"));
    long seq = in.u64("seq");
    Hash256 hash = Hash256.of(in.exactly("hash", Hk1Constants.HASH_BYTES));
    byte[] receipt = in.atMost("receipt", Receipt.MAX_BYTES);
    in.end();
    return new AuditHeadAnswer(
        outcome, seq, hash, receipt.length == 0 ? null : Receipt.parse(receipt));
  }
}
