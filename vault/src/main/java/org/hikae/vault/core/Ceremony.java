package org.hikae.vault.core;

import java.util.Optional;
import org.hikae.crypto.CryptoException;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Announced;
import org.hikae.vault.account.Id;
import org.hikae.vault.account.Stage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.core.Journal.Standing;
import org.hikae.vault.core.Keepers.Statement;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;

/**
 * What takes two people (spec HK1-V-22): reopening a ledger that closed itself, and announcing the
 * deletion of an employee's record. Each signs the same statement offline; the statement names
 * exactly what is there, so that it serves once.
 */
public final class Ceremony {

  private final Journal journal;
  private final Keepers keepers;
  private final String tenant;

  Ceremony(Journal journal, Keepers keepers, String tenant) {
    this.journal = journal;
    this.keepers = keepers;
    this.tenant = tenant;
  }

  /** What to sign to reopen the ledger as it stands now. */
  public Statement reopeningStatement() {
    return statement(journal.standing());
  }

  private Statement statement(Standing standing) {
    Anchor.Point anchored = standing.anchored();
    return Statement.reopening(
        tenant,
        standing.seq(),
        standing.head(),
        anchored == null ? 0 : anchored.seq(),
        anchored == null ? Hash256.ZERO : anchored.head());
  }

  /**
   * Reopens the ledger as it stands; every record keeps one attempt at most.
   *
   * @throws CryptoException when a signature is wrong or of something else that stood here
   */
  public void reopen(byte[] byFirst, byte[] bySecond) throws CryptoException {
    Standing standing = journal.standing();
    keepers.require(statement(standing).transcript(), byFirst, bySecond);
    journal.reopen(standing);
  }

  /** What to sign to have an employee's record deleted; none when there is no ACTIVE one. */
  public Optional<Statement> deletionStatement(Hash256 employee) {
    return journal.run(
        employee,
        null,
        unit ->
            unit.account()
                .newest(Stage.ACTIVE)
                .map(record -> Statement.deletion(tenant, employee, record.credId())));
  }

  /**
   * Announces the deletion: it is done after 30 days unless owner or login veto it.
   *
   * @return when, seconds since 1970
   * @throws CryptoException when a signature is wrong or of another record
   */
  public long delete(Hash256 employee, byte[] byFirst, byte[] bySecond) throws CryptoException {
    Optional<Statement> statement = deletionStatement(employee);
    if (statement.isEmpty()) {
      throw RefusalException.of(VaultRefusal.NO_RECORD);
    }
    keepers.require(statement.get().transcript(), byFirst, bySecond);
    return journal.run(employee, null, Ceremony::announce);
  }

  private static long announce(Unit unit) {
    Account account = unit.account();
    VaultRecord active =
        account.newest(Stage.ACTIVE).orElseThrow(() -> RefusalException.of(VaultRefusal.NO_RECORD));
    if (account.announced().isPresent()) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    long due = unit.nowMillis() + VaultLimits.ADMIN_DELAY.toMillis();
    account.announce(new Announced(Announcement.ADMIN_DELETE, active.credId(), due));
    long dueSeconds = due / 1000;
    unit.happens(
            VaultEvent.ADMIN_DELETE_ANNOUNCED,
            active.setId(),
            active.credId(),
            Id.NONE,
            Hash256.ZERO)
        .due(dueSeconds);
    return dueSeconds;
  }
}
