package org.hikae.vault.core;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hikae.crypto.CryptoException;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.AnnouncedChange;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.core.Custodians.Statement;
import org.hikae.vault.transaction.AccountTransaction;
import org.hikae.vault.transaction.GroupCommitExecutor;
import org.hikae.vault.transaction.GroupCommitExecutor.ClosedPosition;
import org.hikae.vault.transaction.PendingLedgerEntry;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;

/**
 * What takes two people (spec HK1-V-22): reopening a ledger that closed itself, and announcing the
 * deletion of an employee's record. Each signs the same statement offline; the statement names
 * exactly what is there, which what is done changes, so that it serves once.
 */
public final class DualControl {

  private final GroupCommitExecutor groupCommitExecutor;
  private final Custodians custodians;
  private final String tenant;
  private final Clock clock;

  DualControl(
      GroupCommitExecutor groupCommitExecutor, Custodians custodians, String tenant, Clock clock) {
    this.groupCommitExecutor = groupCommitExecutor;
    this.custodians = custodians;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** What to sign to reopen the ledger as it stands now. */
  public Statement reopeningStatement() {
    return statement(groupCommitExecutor.standing(), today());
  }

  private Statement statement(ClosedPosition closedPosition, long day) {
    return Statement.reopening(
        tenant, closedPosition.last(), closedPosition.anchored(), closedPosition.seen(), day);
  }

  private long today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
  }

  /**
   * Reopens the ledger as it stands, by the host's clock; every record keeps one attempt at most.
   *
   * @throws CryptoException when a signature is wrong, too old, or of something else that stood
   *     here
   */
  public void reopen(byte[] byFirst, byte[] bySecond) throws CryptoException {
    ClosedPosition closedPosition = groupCommitExecutor.standing();
    requireSigned(closedPosition, byFirst, bySecond);
    groupCommitExecutor.reopen(closedPosition);
  }

  /** The statement was made today, which is tried first because most are, or not long ago. */
  private void requireSigned(ClosedPosition closedPosition, byte[] byFirst, byte[] bySecond)
      throws CryptoException {
    long today = today();
    LongStream days =
        LongStream.rangeClosed(0, VaultLimits.STATEMENT_AGE.toDays()).map(ago -> today - ago);
    if (days.noneMatch(day -> isSigned(statement(closedPosition, day), byFirst, bySecond))) {
      throw notSigned();
    }
  }

  private static CryptoException notSigned() {
    return new CryptoException("A signature is not a keeper's over what stands here now.");
  }

  private boolean isSigned(Statement statement, byte[] byFirst, byte[] bySecond) {
    try {
      custodians.require(statement.transcript(), byFirst, bySecond);
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  /** What to sign to have an employee's record deleted; none when there is no ACTIVE one. */
  public Optional<Statement> deletionStatement(Hash256 employee) {
    return groupCommitExecutor.run(
        employee,
        null,
        accountTransaction ->
            accountTransaction
                .account()
                .newest(RecordStage.ACTIVE)
                .map(record -> statement(accountTransaction, record)));
  }

  private Statement statement(AccountTransaction accountTransaction, VaultRecord record) {
    return Statement.deletion(
        tenant,
        accountTransaction.employee(),
        record.credId(),
        accountTransaction.account().custodiansRow());
  }

  /**
   * Announces the deletion: it is done after 30 days unless owner or login veto it.
   *
   * @return when, seconds since 1970
   * @throws CryptoException when a signature is wrong, of another record, or was used before
   */
  public long delete(Hash256 employee, byte[] byFirst, byte[] bySecond) throws CryptoException {
    Optional<Long> due =
        groupCommitExecutor.run(
            employee, null, accountTransaction -> announce(accountTransaction, byFirst, bySecond));
    return due.orElseThrow(DualControl::notSigned);
  }

  /** Nothing when it is not signed. */
  private Optional<Long> announce(
      AccountTransaction accountTransaction, byte[] byFirst, byte[] bySecond) {
    Account account = accountTransaction.account();
    VaultRecord active =
        account
            .newest(RecordStage.ACTIVE)
            .orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
    if (account.announced().isPresent()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    if (!isSigned(statement(accountTransaction, active), byFirst, bySecond)) {
      return Optional.empty();
    }
    long due = accountTransaction.nowMillis() + VaultLimits.ADMIN_DELAY.toMillis();
    account.announce(new AnnouncedChange(Announcement.ADMIN_DELETE, active.credId(), due));
    long dueSeconds = due / 1000;
    PendingLedgerEntry announced =
        accountTransaction.happens(
            VaultEvent.ADMIN_DELETE_ANNOUNCED,
            active.setId(),
            active.credId(),
            Id128.NONE,
            Hash256.ZERO);
    account.custodiansAnnounced(announced.due(dueSeconds).seq());
    return Optional.of(dueSeconds);
  }
}
