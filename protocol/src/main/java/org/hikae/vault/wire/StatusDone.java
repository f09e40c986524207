package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * Reply to {@link VaultPayload.Status}, signed by the vault's identity key over {@link
 * #transcript()}.
 *
 * @param nonce the request's
 * @param record the employee's record
 * @param attempts what may still be tried
 * @param announced what will happen unless it is vetoed
 * @param orderNonce what an owner's order must name: it changes with every event of the employee
 * @param series the newest witnessed snapshots of the request's set
 * @param receipts the employee's receipts after the asked number, oldest first, {@link
 *     #MAX_RECEIPTS} at most: as many mean that there may be more
 * @param signature 64 bytes
 */
public record StatusDone(
    byte[] nonce,
    RecordView record,
    Attempts attempts,
    Announced announced,
    Hash256 orderNonce,
    List<SeriesHead> series,
    List<Receipt> receipts,
    byte[] signature) {

  /** Most receipts in one Status. */
  public static final int MAX_RECEIPTS = 32;

  /**
   * The ACTIVE record, else the PENDING one, else the one that ended last.
   *
   * @param state where in its life it is
   * @param credId zero when there is none
   * @param setId the set it belongs to; zero when there is none
   * @param frozen whether the owner stopped all attempts
   */
  public record RecordView(RecordState state, Hash256 credId, byte[] setId, boolean frozen) {
    /** Copies the array. */
    public RecordView {
      setId = setId.clone();
    }

    @Override
    public byte[] setId() {
      return setId.clone();
    }
  }

  /**
   * What may still be tried.
   *
   * @param left before the record is destroyed
   * @param waitSeconds until the asking device may try next
   * @param lifetimeLeft failures left in the employee's lifetime
   * @param evaluationsLeft tries, right or wrong, until another password is advised
   */
  public record Attempts(int left, long waitSeconds, int lifetimeLeft, int evaluationsLeft) {}

  /** What was announced. */
  public enum Announcement {
    /** Nothing. */
    NONE(0),
    /** The owner replaces the record by another. */
    REPLACE(1),
    /** The owner deletes the record. */
    DELETE(2),
    /** Two administrators delete the record. */
    ADMIN_DELETE(3);

    private final int number;

    Announcement(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    /** The announcement with this number. */
    public static Announcement of(int number) throws MalformedException {
      for (Announcement announcement : values()) {
        if (announcement.number == number) {
          return announcement;
        }
      }
      throw new MalformedException("Announcement " + number + " is unknown.");
    }
  }

  /**
   * What will happen.
   *
   * @param what the change
   * @param dueSeconds when, at the earliest, seconds since 1970; 0 for nothing
   */
  public record Announced(Announcement what, long dueSeconds) {
    /** Nothing is announced. */
    public static final Announced NOTHING = new Announced(Announcement.NONE, 0);
  }

  /** Copies. */
  public StatusDone {
    nonce = nonce.clone();
    series = List.copyOf(series);
    receipts = List.copyOf(receipts);
    signature = signature.clone();
  }

  @Override
  public byte[] nonce() {
    return nonce.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** The same with a signature. */
  public StatusDone signed(byte[] by) {
    return new StatusDone(nonce, record, attempts, announced, orderNonce, series, receipts, by);
  }

  /** What the vault signs. */
  public Transcript transcript() {
    Transcript out =
        Transcript.of("vault status")
            .add(nonce)
            .addU8(record.state().number())
            .add(record.credId().toBytes())
            .add(record.setId())
            .addU8(record.frozen() ? 1 : 0)
            .addU8(attempts.left())
            .addU32(attempts.waitSeconds())
            .addU8(attempts.lifetimeLeft())
            .addU16(attempts.evaluationsLeft())
            .addU8(announced.what().number())
            .addU64(announced.dueSeconds())
            .add(orderNonce.toBytes())
            .addU8(series.size());
    series.forEach(head -> head.addTo(out));
    out.addU8(receipts.size());
    receipts.forEach(receipt -> out.add(receipt.encode()));
    return out;
  }

  /** The payload's bytes. */
  public byte[] encode() {
    return Transcript.fields().add(transcript().toBytes()).add(signature).toBytes();
  }

  /**
   * Reads what {@link #encode()} wrote; the caller verifies the signature and compares the nonce.
   */
  public static StatusDone parse(byte[] bytes) throws MalformedException {
    TranscriptReader outer = new TranscriptReader(bytes);
    TranscriptReader in =
        new TranscriptReader(outer.atMost("status", Hk1Constants.MAX_VAULT_MESSAGE_BYTES))
            .expectPurpose("vault status");
    byte[] signature = outer.exactly("signature", Hk1Constants.SIGNATURE_BYTES);
    outer.end();
    StatusDone status =
        new StatusDone(
            in.exactly("nonce", Hk1Constants.ID_BYTES),
            new RecordView(
                RecordState.of(in.u8("state")),
                Hash256.of(in.exactly("credId", Hk1Constants.HASH_BYTES)),
                in.exactly("setId", Hk1Constants.ID_BYTES),
                flag(in, "frozen")),
            new Attempts(
                in.u8("attemptsLeft"),
                in.u32("wait"),
                in.u8("lifetimeLeft"),
                in.u16("evaluations")),
            new Announced(Announcement.of(in.u8("announced")), in.u64("due")),
            Hash256.of(in.exactly("orderNonce", Hk1Constants.HASH_BYTES)),
            SeriesHead.list(in),
            receipts(in),
            signature);
    in.end();
    return status;
  }

  private static boolean flag(TranscriptReader in, String name) throws MalformedException {
    int value = in.u8(name);
    if (value > 1) {
      throw new MalformedException(name + " is 0 or 1.");
    }
    return value == 1;
  }

  private static List<Receipt> receipts(TranscriptReader in) throws MalformedException {
    int count = in.u8("receipts");
    if (count > MAX_RECEIPTS) {
      throw new MalformedException("A status may have at most " + MAX_RECEIPTS + " receipts.");
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(Receipt.parse(in.atMost("receipt", Receipt.MAX_BYTES)));
    }
    return receipts;
  }
}
