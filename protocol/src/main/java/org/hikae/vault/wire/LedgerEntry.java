package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * One row of the vault's append-only ledger (spec HK1-V-15), as the vault chains it and as a
 * receipt shows it. It names no person: an employee is a hash.
 *
 * @param seq number of the row, from 1, without gaps but those of a restored ledger
 * @param previous the chain's code of the row before; zero for the first
 * @param atMillis the vault's clock, milliseconds since 1970
 * @param event what happened
 * @param subject to whom, and by what
 * @param employeePrevious number of this employee's row before; 0 for their first
 * @param attemptsLeft attempts that were left to the employee afterwards
 * @param dueSeconds when what the event announces will happen, or what it erased opens for nobody
 *     any more, seconds since 1970; 0 when nothing is due
 * @param detail SHA-256 over what belongs to the event, see {@link Detail}; zero when nothing does
 * @param stateHash SHA-256 over everything the vault keeps about the employee afterwards
 */
public record LedgerEntry(
    long seq,
    Hash256 previous,
    long atMillis,
    VaultEvent event,
    Subject subject,
    long employeePrevious,
    int attemptsLeft,
    long dueSeconds,
    Hash256 detail,
    Hash256 stateHash) {

  /** The longest encoding, in bytes. */
  public static final int MAX_BYTES = 512;

  /**
   * To whom and by what something happened; what does not apply is zero.
   *
   * @param employee {@link #employeeOf}
   * @param setId the backup set, 16 bytes
   * @param credId the record
   * @param deviceId the device that asked, 16 bytes
   */
  public record Subject(Hash256 employee, byte[] setId, Hash256 credId, byte[] deviceId) {
    /** Checks lengths and copies the arrays. */
    public Subject {
      if (setId.length != Hk1Constants.ID_BYTES || deviceId.length != Hk1Constants.ID_BYTES) {
        throw new IllegalArgumentException("setId and deviceId have 16 bytes each");
      }
      setId = setId.clone();
      deviceId = deviceId.clone();
    }

    @Override
    public byte[] setId() {
      return setId.clone();
    }

    @Override
    public byte[] deviceId() {
      return deviceId.clone();
    }
  }

  /** Who an employee is in the ledger: tenant, issuer and {@code sub}, hashed. */
  public static Hash256 employeeOf(String tenant, String issuer, String subject) {
    return Hash256.sha256(
        Transcript.of("vault employee").add(tenant).add(issuer).add(subject).toBytes());
  }

  /** In whose place the portal's audit trail stands in the ledger. */
  public static Hash256 auditTrailOf(String tenant) {
    return Hash256.sha256(Transcript.of("vault audit trail").add(tenant).toBytes());
  }

  /** The bytes that are chained and signed. */
  public byte[] encode() {
    return Transcript.of("vault ledger row")
        .addU64(seq)
        .add(previous.toBytes())
        .addU64(atMillis)
        .addU8(event.number())
        .add(subject.employee().toBytes())
        .add(subject.setId())
        .add(subject.credId().toBytes())
        .add(subject.deviceId())
        .addU64(employeePrevious)
        .addU8(attemptsLeft)
        .addU64(dueSeconds)
        .add(detail.toBytes())
        .add(stateHash.toBytes())
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static LedgerEntry parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes).expectPurpose("vault ledger row");
    LedgerEntry entry =
        new LedgerEntry(
            in.u64("seq"),
            hash(in, "previous"),
            in.u64("at"),
            VaultEvent.of(in.u8("event")),
            new Subject(
                hash(in, "employee"),
                in.exactly("setId", Hk1Constants.ID_BYTES),
                hash(in, "credId"),
                in.exactly("deviceId", Hk1Constants.ID_BYTES)),
            in.u64("employeePrevious"),
            in.u8("attemptsLeft"),
            in.u64("due"),
            hash(in, "detail"),
            hash(in, "stateHash"));
    in.end();
    return entry;
  }

  private static Hash256 hash(TranscriptReader in, String name) throws MalformedException {
    return Hash256.of(in.exactly(name, Hk1Constants.HASH_BYTES));
  }

  /** What {@link LedgerEntry#detail} is the hash of, by event. */
  public static final class Detail {

    private Detail() {}

    /** PENDING, ACTIVE and REPLACE_ANNOUNCED: what was registered. */
    public static Hash256 registration(Hash256 uploadHash, Hash256 wrapHash, byte[] ownerKey) {
      return Hash256.sha256(
          Transcript.of("vault registration detail")
              .add(uploadHash.toBytes())
              .add(wrapHash.toBytes())
              .add(ownerKey)
              .toBytes());
    }

    /** WITNESSED: the newest snapshot of a series. */
    public static Hash256 witness(byte[] series, long seq, Hash256 snapshotHash) {
      return Hash256.sha256(
          Transcript.of("vault witness detail")
              .add(series)
              .addU64(seq)
              .add(snapshotHash.toBytes())
              .toBytes());
    }

    /** CHARGED, OPENED, FAILED and VOIDED: which login, so that a device knows its own. */
    public static Hash256 login(byte[] loginId) {
      return Hash256.sha256(Transcript.of("vault login detail").add(loginId).toBytes());
    }

    /** CLAIMED and HANDED_OVER: the set's owner key from now on. */
    public static Hash256 owner(byte[] ownerKey) {
      return Hash256.sha256(Transcript.of("vault owner detail").add(ownerKey).toBytes());
    }
  }
}
