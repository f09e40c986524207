package org.hikae.vault.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.ledger.Ledger;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.VaultEvent;

/**
 * One employee inside one transaction: the account, and what happens to it. Nothing is written
 * before {@link #finish}, so a transaction that is given up leaves nothing behind. Invariant: an
 * account changes exactly when the ledger says so.
 */
public final class AccountTransaction {

  private final Ledger ledger;
  private final Rows rows;
  private final Hash256 employee;
  private final long nowMillis;
  private final byte[] loaded;
  private Account account;
  private final List<PendingLedgerEntry> pendingEntries = new ArrayList<>();
  private final List<Consumer<Rows>> writes = new ArrayList<>();

  /** A point to go back to. */
  record Savepoint(byte[] account, int pendingEntries, int writes) {}

  private AccountTransaction(
      Ledger ledger, Rows rows, Hash256 employee, long nowMillis, byte[] loaded, Account account) {
    this.ledger = ledger;
    this.rows = rows;
    this.employee = employee;
    this.nowMillis = nowMillis;
    this.loaded = loaded;
    this.account = account;
  }

  /**
   * Reads an employee's account.
   *
   * @throws TamperedException when it is not what the ledger's last row about them says
   */
  static AccountTransaction open(Ledger ledger, Rows rows, Hash256 employee, long nowMillis) {
    Ledger.Known known = ledger.known(employee);
    Optional<byte[]> stored = rows.account(employee);
    if (known.seq() == 0) {
      if (stored.isPresent()) {
        throw new TamperedException("There is an account that the ledger does not know.");
      }
      Account fresh = Account.fresh();
      return new AccountTransaction(ledger, rows, employee, nowMillis, fresh.encode(), fresh);
    }
    byte[] bytes = stored.orElse(new byte[0]);
    if (!Hash256.sha256(bytes).equals(known.stateHash())) {
      throw new TamperedException("An account is not what the ledger says.");
    }
    // What an earlier version wrote is written anew with the next thing that happens.
    Account account = decode(bytes);
    return new AccountTransaction(ledger, rows, employee, nowMillis, account.encode(), account);
  }

  private static Account decode(byte[] bytes) {
    try {
      return Account.decode(bytes);
    } catch (MalformedException e) {
      throw new IllegalStateException("the ledger vouches for bytes that are no account", e);
    }
  }

  public Account account() {
    return account;
  }

  public Hash256 employee() {
    return employee;
  }

  public long nowMillis() {
    return nowMillis;
  }

  /** Number of the employee's last row before this transaction. */
  public Ledger.Known known() {
    return ledger.known(employee);
  }

  /** How often the ledger was read: while it is the same, this process alone has written. */
  public long loads() {
    return ledger.loads();
  }

  /**
   * A row that the account names.
   *
   * @throws TamperedException when it is not there, or not as it was written
   */
  public LedgerRow row(long seq) {
    return ledger.reader().row(rows, employee, seq);
  }

  /**
   * The employee's rows after a number.
   *
   * @throws TamperedException when one is missing, or not as it was written
   */
  public List<LedgerRow> rowsAfter(long seq, int limit) {
    return ledger.reader().after(rows, employee, seq, limit);
  }

  public Optional<Secret> secret(Hash256 id) {
    return rows.secret(id);
  }

  /** Says that something happened; the account's counts must be what they are afterwards. */
  public PendingLedgerEntry happens(
      VaultEvent event, Id128 setId, Hash256 credId, Id128 deviceId, Hash256 detail) {
    PendingLedgerEntry one =
        new PendingLedgerEntry(
            ledger.seq() + pendingEntries.size() + 1,
            event,
            new Subject(employee, setId.toBytes(), credId, deviceId.toBytes()),
            detail,
            account.counts().attemptsLeft());
    pendingEntries.add(one);
    return one;
  }

  /** Whether anything has happened so far. */
  public boolean hasChanged() {
    return !pendingEntries.isEmpty();
  }

  public void put(SecretKind kind, Secret secret) {
    writes.add(to -> to.putSecret(kind, secret, nowMillis));
  }

  public void erase(Hash256 id) {
    writes.add(to -> to.eraseSecret(id));
  }

  Savepoint mark() {
    return new Savepoint(account.encode(), pendingEntries.size(), writes.size());
  }

  void backTo(Savepoint savepoint) {
    account = decode(savepoint.account());
    pendingEntries.subList(savepoint.pendingEntries(), pendingEntries.size()).clear();
    writes.subList(savepoint.writes(), writes.size()).clear();
  }

  /** Writes everything. */
  void finish() {
    if (pendingEntries.isEmpty() && Arrays.compare(account.encode(), loaded) != 0) {
      throw new IllegalStateException("an account changed and nothing happened");
    }
    writes.forEach(write -> write.accept(rows));
    if (pendingEntries.isEmpty()) {
      return;
    }
    account.prune(nowMillis);
    byte[] state = account.encode();
    Hash256 stateHash = Hash256.sha256(state);
    for (PendingLedgerEntry one : pendingEntries) {
      LedgerRow row = one.finish(ledger, nowMillis, stateHash);
      rows.append(row);
      ledger.advance(row);
    }
    rows.putAccount(employee, state, account.dueMillis());
  }
}
