package org.hikae.vault.database;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.hk1.Hash256;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.jspecify.annotations.Nullable;

/**
 * The store without a disk, for exploring the vault's states. It keeps the same contract as the
 * real ones. What is committed is immutable, so a {@link #snapshot} and a {@link #restore} cost
 * nothing, and a transaction copies only the tables that it writes. It can be told to break at any
 * write or commit. Transactions, the lease and the close take turns as in the real ones, because a
 * vault's own nightly work runs beside its callers; everything else is for one thread.
 */
public final class InMemoryVaultStore implements VaultStore {

  /** What survives a process. Several stores on one disk are several processes. */
  public static final class Disk {
    private StoreSnapshot content = StoreSnapshot.EMPTY;
    private @Nullable InMemoryVaultStore holder;
  }

  /** Everything that is committed at one time. Immutable. */
  public static final class StoreSnapshot {
    private static final StoreSnapshot EMPTY =
        new StoreSnapshot(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new HashMap<>());

    final NavigableMap<Hash256, StoredAccount> accounts;
    final NavigableMap<Long, LedgerRow> ledger;
    final NavigableMap<Hash256, StoredSecret> secrets;
    final Map<String, byte[]> notes;

    StoreSnapshot(
        NavigableMap<Hash256, StoredAccount> accounts,
        NavigableMap<Long, LedgerRow> ledger,
        NavigableMap<Hash256, StoredSecret> secrets,
        Map<String, byte[]> notes) {
      this.accounts = accounts;
      this.ledger = ledger;
      this.secrets = secrets;
      this.notes = notes;
    }

    /** The bytes of an account. */
    public Optional<byte[]> account(Hash256 employee) {
      return Optional.ofNullable(accounts.get(employee)).map(found -> found.state().clone());
    }

    /** The row with this number. */
    public Optional<LedgerRow> row(long seq) {
      return Optional.ofNullable(ledger.get(seq));
    }

    /** All rows after this number, in order. */
    public Collection<LedgerRow> rowsAfter(long seq) {
      return ledger.tailMap(seq, false).values();
    }

    /** Number of the last row; 0 for none. */
    public long lastSeq() {
      return ledger.isEmpty() ? 0 : ledger.lastKey();
    }

    /** Whether there is a secret of this name. */
    public boolean hasSecret(Hash256 id) {
      return secrets.containsKey(id);
    }

    /** Whether there is a note of this name. */
    public boolean hasNote(String name) {
      return notes.containsKey(name);
    }
  }

  record StoredAccount(byte[] state, long due) {}

  record StoredSecret(SecretKind kind, Secret secret, long at) {
    Secret copy() {
      return new Secret(secret.id(), secret.epoch(), secret.sealed().clone());
    }
  }

  /** How a planned break shows. */
  public enum FailureEffect {
    /** The store throws {@link UnavailableException}, and the lease is lost. */
    OUTAGE,
    /** The process dies: {@link ProcessKilledException} now and at each later use of this store. */
    KILL
  }

  /** When a planned break happens. */
  public enum FailureMoment {
    /** Before a single write inside a transaction; nothing of the transaction is kept. */
    WRITE,
    /** The work is done, and nothing of it is kept. */
    BEFORE_COMMIT,
    /** All of it is kept, and the caller does not learn it. */
    AFTER_COMMIT
  }

  /** The process is dead. No code of the vault catches it. */
  public static final class ProcessKilledException extends Error {
    private static final long serialVersionUID = 1L;

    ProcessKilledException() {
      super("this store's process was killed");
    }
  }

  private record PlannedFailure(FailureMoment moment, long number, FailureEffect effect) {}

  private final Disk disk;
  private @Nullable PlannedFailure planned;
  private long writes;
  private long commits;
  private boolean inside;
  private boolean returned;
  private boolean dead;
  private boolean closed;

  /** A store on a disk of its own. */
  public InMemoryVaultStore() {
    this(new Disk());
  }

  /** One of several processes on a disk. */
  public InMemoryVaultStore(Disk disk) {
    this.disk = disk;
  }

  /** The disk, for the process that comes after this one. */
  public Disk disk() {
    return disk;
  }

  /** What is committed now. */
  public StoreSnapshot snapshot() {
    return disk.content;
  }

  /** Sets the disk back; who holds the lease stays, and so does what is planned. */
  public void restore(StoreSnapshot snapshot) {
    disk.content = snapshot;
  }

  /**
   * Plans one break, in place of any planned before: at the {@code number}-th write or commit from
   * now on, counted from 1.
   */
  public void breakAt(FailureMoment moment, long number, FailureEffect effect) {
    long before = moment == FailureMoment.WRITE ? writes : commits;
    planned = new PlannedFailure(moment, before + number, effect);
  }

  /** Plans no break. */
  public void breakNever() {
    planned = null;
  }

  /** Whether the planned break has not happened yet. */
  public boolean isBreakAhead() {
    return planned != null;
  }

  /** Writes that were tried since this store was made, in transactions kept or not. */
  public long writes() {
    return writes;
  }

  /** Transactions whose work ran to its end since this store was made. */
  public long commits() {
    return commits;
  }

  /** Whether the caller of the last transaction was told that it is kept. */
  public boolean hasReturned() {
    return returned;
  }

  /** Loses the connection, and with it the lease. */
  public void loseLease() {
    if (disk.holder == this) {
      disk.holder = null;
    }
  }

  /** Whether this process holds the lease. */
  public boolean holdsLease() {
    return disk.holder == this;
  }

  /** Dies now. */
  public void kill() {
    dead = true;
    loseLease();
  }

  @Override
  public synchronized boolean lease() {
    requireUsable();
    if (disk.holder == null) {
      disk.holder = this;
    }
    return disk.holder == this;
  }

  @Override
  public synchronized <T> T transact(TransactionWork<T> work) {
    requireUsable();
    requireHeld();
    Tables tables = new Tables(disk.content);
    returned = false;
    inside = true;
    try {
      T result = work.in(tables);
      tables.requireWhole();
      commits++;
      breakIfPlanned(FailureMoment.BEFORE_COMMIT, commits);
      requireHeld();
      disk.content = tables.content();
      breakIfPlanned(FailureMoment.AFTER_COMMIT, commits);
      returned = true;
      return result;
    } finally {
      inside = false;
      tables.over = true;
    }
  }

  private void requireHeld() {
    if (disk.holder != this) {
      throw new UnavailableException("This process does not hold the ledger's lease.", null);
    }
  }

  private void requireUsable() {
    if (dead) {
      throw new ProcessKilledException();
    }
    if (inside) {
      throw new IllegalStateException("the store was used inside its own transaction");
    }
    if (closed) {
      throw new UnavailableException("The store is closed.", null);
    }
  }

  private void breakIfPlanned(FailureMoment moment, long number) {
    PlannedFailure next = planned;
    if (next == null || next.moment() != moment || next.number() != number) {
      return;
    }
    planned = null;
    if (next.effect() == FailureEffect.KILL) {
      kill();
      throw new ProcessKilledException();
    }
    loseLease();
    throw new UnavailableException("The store was told to fail.", null);
  }

  @Override
  public synchronized void close() {
    if (inside) {
      throw new IllegalStateException("the store was used inside its own transaction");
    }
    closed = true;
    loseLease();
  }

  /** The rows of one transaction: a table is copied before the first write to it. */
  private final class Tables implements Rows {
    private final StoreSnapshot before;
    private @Nullable NavigableMap<Hash256, StoredAccount> accounts;
    private @Nullable NavigableMap<Long, LedgerRow> ledger;
    private @Nullable NavigableMap<Hash256, StoredSecret> secrets;
    private @Nullable Map<String, byte[]> notes;
    private boolean broken;
    private boolean over;

    Tables(StoreSnapshot before) {
      this.before = before;
    }

    StoreSnapshot content() {
      return new StoreSnapshot(accounts(), ledger(), secrets(), notes());
    }

    void requireWhole() {
      broken |= disk.holder != InMemoryVaultStore.this;
      if (broken) {
        throw new UnavailableException("The store has failed in this transaction.", null);
      }
    }

    private NavigableMap<Hash256, StoredAccount> accounts() {
      read();
      return accounts == null ? before.accounts : accounts;
    }

    private NavigableMap<Long, LedgerRow> ledger() {
      read();
      return ledger == null ? before.ledger : ledger;
    }

    private NavigableMap<Hash256, StoredSecret> secrets() {
      read();
      return secrets == null ? before.secrets : secrets;
    }

    private Map<String, byte[]> notes() {
      read();
      return notes == null ? before.notes : notes;
    }

    private void read() {
      if (over) {
        throw new IllegalStateException("the transaction of these rows is over");
      }
      requireWhole();
    }

    private void write() {
      read();
      writes++;
      try {
        breakIfPlanned(FailureMoment.WRITE, writes);
      } catch (UnavailableException | ProcessKilledException e) {
        broken = true;
        throw e;
      }
    }

    private NavigableMap<Hash256, StoredSecret> secretsToWrite() {
      write();
      if (secrets == null) {
        secrets = new TreeMap<>(before.secrets);
      }
      return secrets;
    }

    private Map<String, byte[]> notesToWrite() {
      write();
      if (notes == null) {
        notes = new HashMap<>(before.notes);
      }
      return notes;
    }

    @Override
    public Optional<byte[]> account(Hash256 employee) {
      return Optional.ofNullable(accounts().get(employee)).map(found -> found.state().clone());
    }

    @Override
    public void putAccount(Hash256 employee, byte[] account, long dueMillis) {
      StoreLimits.requireValue(account);
      write();
      if (accounts == null) {
        accounts = new TreeMap<>(before.accounts);
      }
      accounts.put(employee, new StoredAccount(account.clone(), dueMillis));
    }

    @Override
    public List<Hash256> due(long nowMillis, int limit) {
      return accounts().entrySet().stream()
          .filter(entry -> entry.getValue().due() <= nowMillis)
          .sorted(Comparator.comparingLong(entry -> entry.getValue().due()))
          .limit(StoreLimits.requireLimit(limit))
          .map(Map.Entry::getKey)
          .toList();
    }

    @Override
    public List<Hash256> employees(Hash256 after, int limit) {
      return accounts().tailMap(after, false).keySet().stream()
          .limit(StoreLimits.requireLimit(limit))
          .toList();
    }

    @Override
    public void append(LedgerRow row) {
      NavigableMap<Long, LedgerRow> now = ledger();
      StoreLimits.requireHigher(row.seq(), now.isEmpty() ? 0 : now.lastKey());
      write();
      if (ledger == null) {
        ledger = new TreeMap<>(before.ledger);
      }
      ledger.put(row.seq(), row);
    }

    @Override
    public Optional<LedgerRow> row(long seq) {
      return Optional.ofNullable(ledger().get(seq));
    }

    private Stream<LedgerRow> rowsAfter(long after) {
      return ledger().tailMap(after, false).values().stream();
    }

    @Override
    public List<LedgerRow> rows(long after, int limit) {
      return rowsAfter(after).limit(StoreLimits.requireLimit(limit)).toList();
    }

    @Override
    public List<LedgerRow> rowsOf(Hash256 employee, long after, int limit) {
      return rowsAfter(after)
          .filter(row -> row.entry().subject().employee().equals(employee))
          .limit(StoreLimits.requireLimit(limit))
          .toList();
    }

    @Override
    public Optional<Secret> secret(Hash256 id) {
      return Optional.ofNullable(secrets().get(id)).map(StoredSecret::copy);
    }

    @Override
    public void putSecret(SecretKind kind, Secret secret, long atMillis) {
      StoreLimits.requireValue(secret.sealed());
      StoredSecret stored = new StoredSecret(kind, secret, atMillis);
      secretsToWrite().put(secret.id(), new StoredSecret(kind, stored.copy(), atMillis));
    }

    @Override
    public void eraseSecret(Hash256 id) {
      secretsToWrite().remove(id);
    }

    @Override
    public List<Secret> secretsBefore(int epoch, int limit) {
      return secrets().values().stream()
          .filter(found -> found.kind() == SecretKind.RECORD && found.secret().epoch() < epoch)
          .sorted(Comparator.comparingInt(found -> found.secret().epoch()))
          .limit(StoreLimits.requireLimit(limit))
          .map(StoredSecret::copy)
          .toList();
    }

    @Override
    public int eraseLogins(long beforeMillis, int limit) {
      List<Hash256> old =
          secrets().values().stream()
              .filter(found -> found.kind() == SecretKind.LOGIN && found.at() < beforeMillis)
              .sorted(Comparator.comparingLong(StoredSecret::at))
              .limit(StoreLimits.requireLimit(limit))
              .map(found -> found.secret().id())
              .toList();
      secretsToWrite().keySet().removeAll(old);
      return old.size();
    }

    @Override
    public Optional<byte[]> note(String name) {
      return Optional.ofNullable(notes().get(StoreLimits.requireName(name))).map(byte[]::clone);
    }

    @Override
    public void putNote(String name, byte[] content) {
      StoreLimits.requireName(name);
      StoreLimits.requireNote(content);
      notesToWrite().put(name, content.clone());
    }

    @Override
    public void removeNote(String name) {
      notesToWrite().remove(StoreLimits.requireName(name));
    }
  }
}
