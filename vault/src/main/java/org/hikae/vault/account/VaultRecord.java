package org.hikae.vault.account;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * One registration of a password: BEGUN → PENDING → ACTIVE → LOCKED or RETIRED. The transitions
 * below are the only ones. Its secrets lie sealed beside the account; those that end a life erase
 * them.
 *
 * @param credId the record, random
 * @param setId the backup set
 * @param stage where in its life it is
 * @param origin the RegInit that began it
 * @param rows ledger rows of its stages
 * @param changedMillis when it reached its stage
 * @param evaluations how often it was tried, right or wrong; no more than {@link
 *     VaultLimits#EVALUATIONS_A_RECORD} is counted
 */
public record VaultRecord(
    Hash256 credId,
    Id128 setId,
    RecordStage stage,
    Origin origin,
    LedgerRows rows,
    long changedMillis,
    int evaluations) {

  /**
   * The RegInit that began a record.
   *
   * @param idempotencyKey chosen by the device
   * @param requestHash SHA-256 of the registration request: the one that is ever evaluated
   * @param uploadHash SHA-256 of upload and wrap once they are there, else zero
   */
  public record Origin(Id128 idempotencyKey, Hash256 requestHash, Hash256 uploadHash) {}

  /**
   * Ledger rows whose receipts can be asked for again.
   *
   * @param pending row of PENDING; 0 before
   * @param exposed row of ACTIVE, or of REPLACE_ANNOUNCED until then; 0 before
   */
  public record LedgerRows(long pending, long exposed) {
    /** None yet. */
    public static final LedgerRows NONE = new LedgerRows(0, 0);
  }

  /** A fresh record. */
  public static VaultRecord begun(
      Hash256 credId, Id128 setId, Id128 idempotencyKey, Hash256 requestHash, long atMillis) {
    Origin origin = new Origin(idempotencyKey, requestHash, Hash256.ZERO);
    return new VaultRecord(credId, setId, RecordStage.BEGUN, origin, LedgerRows.NONE, atMillis, 0);
  }

  /** After RegFinish. */
  public VaultRecord pending(Hash256 uploadHash, long row, long atMillis) {
    require(RecordStage.BEGUN);
    Origin whole = new Origin(origin.idempotencyKey(), origin.requestHash(), uploadHash);
    return new VaultRecord(
        credId, setId, RecordStage.PENDING, whole, new LedgerRows(row, 0), atMillis, evaluations);
  }

  /** A PENDING record whose turn was announced. */
  public VaultRecord announced(long row) {
    require(RecordStage.PENDING);
    LedgerRows with = new LedgerRows(rows.pending(), row);
    return new VaultRecord(credId, setId, stage, origin, with, changedMillis, evaluations);
  }

  /** After Expose. */
  public VaultRecord active(long row, long atMillis) {
    require(RecordStage.PENDING);
    LedgerRows with = new LedgerRows(rows.pending(), row);
    return new VaultRecord(credId, setId, RecordStage.ACTIVE, origin, with, atMillis, evaluations);
  }

  /** After one more try. */
  public VaultRecord evaluated() {
    require(RecordStage.ACTIVE);
    int counted = Math.min(evaluations + 1, VaultLimits.EVALUATIONS_A_RECORD);
    return new VaultRecord(credId, setId, stage, origin, rows, changedMillis, counted);
  }

  /** After lock-out. */
  public VaultRecord locked(long atMillis) {
    require(RecordStage.ACTIVE);
    return ended(RecordStage.LOCKED, atMillis);
  }

  /** After it was replaced, given up or abandoned. */
  public VaultRecord retired(long atMillis) {
    if (!stage.isAlive()) {
      throw new IllegalStateException("a " + stage + " record cannot be retired");
    }
    return ended(RecordStage.RETIRED, atMillis);
  }

  private VaultRecord ended(RecordStage end, long atMillis) {
    return new VaultRecord(credId, setId, end, origin, rows, atMillis, evaluations);
  }

  /** The same at a time that was set back. */
  VaultRecord notAfter(long nowMillis) {
    return new VaultRecord(
        credId, setId, stage, origin, rows, Math.min(changedMillis, nowMillis), evaluations);
  }

  private void require(RecordStage expected) {
    if (stage != expected) {
      throw new IllegalStateException("the record is " + stage + ", not " + expected);
    }
  }

  void addTo(Transcript out) {
    out.add(credId.toBytes())
        .add(setId.toBytes())
        .addU8(stage.number())
        .add(origin.idempotencyKey().toBytes())
        .add(origin.requestHash().toBytes())
        .add(origin.uploadHash().toBytes())
        .addU64(rows.pending())
        .addU64(rows.exposed())
        .addU64(changedMillis)
        .addU16(evaluations);
  }

  static VaultRecord read(TranscriptReader in) throws MalformedException {
    return new VaultRecord(
        Account.hash(in, "credId"),
        Account.id(in, "setId"),
        RecordStage.of(in.u8("stage")),
        new Origin(
            Account.id(in, "idempotencyKey"),
            Account.hash(in, "requestHash"),
            Account.hash(in, "uploadHash")),
        new LedgerRows(in.u64("pending"), in.u64("exposed")),
        in.u64("changed"),
        in.u16("evaluations"));
  }

  @Override
  public String toString() {
    return "VaultRecord(" + credId.hex().substring(0, Hk1Constants.ID_BYTES) + ", " + stage + ")";
  }
}
