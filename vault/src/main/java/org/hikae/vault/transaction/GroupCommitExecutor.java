package org.hikae.vault.transaction;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.ledger.ClosedState;
import org.hikae.vault.ledger.Ledger;
import org.hikae.vault.ledger.LedgerWitnessSync;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.port.VaultStore;
import org.hikae.vault.port.VaultStore.Rows;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the store (spec HK1-V-15, HK1-V-16). Transactions that wait are taken together:
 * one transaction, one commit, one raise of the anchor, and only then their answers. It opens
 * itself when it holds the lease and the ledger agrees with the anchor; it closes for good, until
 * people reopen it, when the ledger is behind the anchor or behind what a client has seen.
 */
public final class GroupCommitExecutor {

  private static final Logger LOG = System.getLogger(GroupCommitExecutor.class.getName());
  private static final Duration TURN = Duration.ofSeconds(5);

  private final VaultStore store;
  private final RootKey root;
  private final LedgerAnchor anchor;
  private final Clock clock;
  private final String tenant;
  private final DueTransitions dueTransitions;
  private final Ledger ledger;
  private final VaultClock time;
  private final ClosedState closedState;
  private final LedgerWitnessSync ledgerWitnessSync;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ConcurrentLinkedQueue<QueuedWork<?>> queue = new ConcurrentLinkedQueue<>();

  private boolean open;
  private volatile @Nullable LedgerHead head;

  /** What is done with one employee. */
  @FunctionalInterface
  public interface AccountWork<T> {
    /** Changes the account and says what happened; the result is returned after the anchor. */
    T in(AccountTransaction accountTransaction);
  }

  /** What is done with the whole store. */
  @FunctionalInterface
  public interface StoreWork<T> {
    /** Reads and writes; changes no account. */
    T in(Rows rows, long nowMillis);
  }

  public GroupCommitExecutor(
      VaultDependencies ports, String tenant, DueTransitions dueTransitions) {
    this.store = ports.store();
    this.root = ports.root();
    this.anchor = ports.anchor();
    this.clock = ports.clock();
    this.tenant = tenant;
    this.dueTransitions = dueTransitions;
    this.ledger = new Ledger(ports.root(), tenant);
    this.time = new VaultClock(ports, tenant);
    this.closedState = new ClosedState(ports.store(), ports.anchor());
    this.ledgerWitnessSync = new LedgerWitnessSync(ports.witness(), ports.store(), ledger);
  }

  /**
   * Does one transaction; returns when it is committed and anchored.
   *
   * @param seen a head this vault signed and the client remembers
   * @throws RefusalException what the work refused
   * @throws UnavailableException when it cannot be done now; whether a charge stands is then open
   * @throws VaultClosedException when the vault has closed itself
   * @throws TamperedException when the account is not what the ledger says
   */
  public <T> T run(Hash256 employee, @Nullable LedgerHead seen, AccountWork<T> work) {
    QueuedWork<T> mine = new QueuedWork<>(employee, seen, work);
    queue.add(mine);
    takeTurn(mine);
    try {
      while (!mine.done) {
        commitGroup();
      }
    } finally {
      turn.unlock();
    }
    return mine.result();
  }

  private void takeTurn(@Nullable QueuedWork<?> mine) {
    try {
      if (turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (mine != null) {
      queue.remove(mine);
    }
    throw new UnavailableException("The vault is busy.", null);
  }

  private void commitGroup() {
    List<QueuedWork<?>> group = new ArrayList<>();
    try {
      long nowMillis = requireOpen();
      for (QueuedWork<?> next = queue.poll(); next != null; next = queue.poll()) {
        group.add(next);
        if (group.size() == VaultLimits.GROUP) {
          break;
        }
      }
      long before = ledger.seq();
      open = false;
      store.write(
          rows -> {
            requireThere(rows);
            for (QueuedWork<?> one : group) {
              requireNotAhead(rows, one.seen);
              one.execute(ledger, rows, nowMillis, dueTransitions);
            }
            if (ledger.wantsCheckpoint()) {
              ledger.writeCheckpoint(rows);
            }
          });
      if (ledger.seq() > before) {
        publish();
      }
      open = true;
      group.forEach(one -> one.done = true);
    } catch (VaultClosedException e) {
      close(e);
      failAll(group, e);
    } catch (UnavailableException | TamperedException e) {
      failAll(group, e);
    } finally {
      // Only a defect leaves somebody here, who must not wait for ever.
      group.stream()
          .filter(one -> !one.done)
          .forEach(one -> one.fail(new IllegalStateException("a transaction was not finished")));
    }
  }

  private void failAll(List<QueuedWork<?>> group, RuntimeException why) {
    for (QueuedWork<?> next = queue.poll(); next != null; next = queue.poll()) {
      group.add(next);
    }
    if (closedState.reason() != null) {
      group.forEach(one -> closedState.learn(one.seen, ledger));
    }
    group.forEach(one -> one.fail(why));
  }

  /**
   * The row this process wrote or read last: without it the store was set back under the running
   * vault, and nothing may be written on behind the gap.
   */
  private void requireThere(Rows rows) {
    if (!ledger.isIn(rows, ledger.seq(), ledger.head())) {
      throw new VaultClosedException("Row " + ledger.seq() + " was here and is not any more.");
    }
  }

  /** A head that this vault has signed and does not have any more: it was set back. */
  private void requireNotAhead(Rows rows, @Nullable LedgerHead seen) {
    if (seen == null || ledger.isIn(rows, seen.seq(), seen.mac()) || ledger.isGivenUp(seen.seq())) {
      return;
    }
    throw new VaultClosedException(
        "A client has seen row " + seen.seq() + ", which is not here.",
        new LedgerAnchor.Point(seen.seq(), seen.mac()));
  }

  /** The time of this group, with everything open that it needs. */
  private long requireOpen() {
    String reason = closedState.reason();
    if (reason != null && !closedState.isReopenedElsewhere()) {
      throw new VaultClosedException(reason);
    }
    if (!root.ready()) {
      throw new UnavailableException("The root key does not answer.", null);
    }
    if (!open) {
      openAgain();
    }
    if (clock.millis() < ledger.lastMillis() - VaultLimits.CLOCK_STEP.toMillis()) {
      throw new UnavailableException(
          "ALARM: the clock is behind the ledger's last row; nothing is served until it is right,"
              + " or two keepers have reopened the ledger by the clock.",
          null);
    }
    return nowMillis();
  }

  private long nowMillis() {
    return Math.max(time.millis(), ledger.lastMillis());
  }

  private void openAgain() {
    if (!store.lease()) {
      throw new UnavailableException("Another process holds the ledger.", null);
    }
    LedgerAnchor.Point anchored = anchor.highest();
    Optional<VaultClosedException> wrong;
    try {
      wrong = store.transact(rows -> load(rows, anchored));
    } catch (TamperedException e) {
      wrong = Optional.of(new VaultClosedException(String.valueOf(e.getMessage())));
    }
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    if (ledger.seq() == 0) {
      store.write(rows -> appendForNobody(rows, 1, VaultEvent.FOUNDED, nowMillis()));
    }
    publish();
    open = true;
    LOG.log(Level.INFO, "The ledger is open at row {0}.", ledger.seq());
  }

  /** Reads the ledger; says what is wrong with it. */
  private Optional<VaultClosedException> load(Rows rows, LedgerAnchor.@Nullable Point anchored) {
    read(rows);
    return ClosedState.noted(rows)
        .or(() -> ledger.behind(rows, anchored))
        .map(VaultClosedException::new)
        .or(() -> ledgerWitnessSync.missing(rows));
  }

  private void read(Rows rows) {
    ledger.load(rows);
    time.goOn(rows, ledger.lastMillis(), ledger.reopenedAt());
  }

  private void appendForNobody(Rows rows, long seq, VaultEvent event, long nowMillis) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            ledger.head(),
            nowMillis,
            event,
            new Subject(Ledger.NOBODY, Id128.NONE.toBytes(), Hash256.ZERO, Id128.NONE.toBytes()),
            ledger.known(Ledger.NOBODY).seq(),
            0,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    LedgerRow row = new LedgerRow(entry, ledger.mac(entry));
    rows.append(row);
    ledger.advance(row);
  }

  /** Anchors the newest row, then lets its head be known. */
  private void publish() {
    LedgerAnchor.Point point = ledger.point();
    try {
      anchor.raise(point);
    } catch (TamperedException e) {
      throw new VaultClosedException("The anchor is ahead: another vault has written on.");
    }
    ledgerWitnessSync.bringUp();
    byte[] signature =
        root.identity().sign(LedgerHead.transcript(tenant, point.seq(), point.head()));
    head = new LedgerHead(point.seq(), point.head(), signature);
  }

  private void close(VaultClosedException why) {
    open = false;
    closedState.close(why, ledger);
  }

  /** Does a chore; the ledger must be open. */
  public <T> T chore(StoreWork<T> storeWork) {
    takeTurn(null);
    try {
      long nowMillis = requireOpen();
      open = false;
      T result =
          store.transact(
              rows -> {
                requireThere(rows);
                time.note(rows, nowMillis, ledger.lastMillis());
                return storeWork.in(rows, nowMillis);
              });
      open = true;
      return result;
    } catch (VaultClosedException e) {
      if (closedState.reason() == null) {
        close(e);
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** How many transactions wait now. */
  int waiting() {
    return queue.size();
  }

  /** How far the anchored ledger has come; null before it was first opened. */
  @Nullable
  public LedgerHead head() {
    return head;
  }

  /** Why the vault has closed itself, if it has. */
  public Optional<String> closedBecause() {
    return Optional.ofNullable(closedState.reason());
  }

  /**
   * The rows after a number, each checked (spec HK1-V-37); the ledger must be open.
   *
   * @throws TamperedException when one was edited or is missing; everything else goes on
   */
  public List<LedgerRow> rowsAfter(long after, int limit) {
    return chore((rows, nowMillis) -> checked(rows, after, limit)).get();
  }

  private Supplier<List<LedgerRow>> checked(Rows rows, long after, int limit) {
    try {
      List<LedgerRow> page = ledger.reader().after(rows, after, limit);
      return () -> page;
    } catch (TamperedException e) {
      return () -> {
        throw e;
      };
    }
  }

  /**
   * Where a closed ledger stands: what two people sign to reopen it.
   *
   * @param last its last row
   * @param anchored how far it was anchored
   * @param seen the highest row that a client or the witness has seen, when it is not here
   */
  public record ClosedPosition(
      LedgerAnchor.Point last,
      LedgerAnchor.@Nullable Point anchored,
      LedgerAnchor.@Nullable Point seen) {}

  /** Reads where ledger and anchor stand, closed or not. */
  public ClosedPosition standing() {
    takeTurn(null);
    try {
      if (!store.lease()) {
        throw new UnavailableException("Another process holds the ledger.", null);
      }
      open = false;
      LedgerAnchor.Point anchored = anchor.highest();
      return store.transact(
          rows -> {
            read(rows);
            return new ClosedPosition(ledger.point(), anchored, ClosedState.seen(rows, anchored));
          });
    } finally {
      turn.unlock();
    }
  }

  /**
   * Reopens a closed ledger as it stands, by the host's clock: goes on far above everything that
   * was anchored or seen, so that whatever was lost has a number that is never used again, and
   * leaves every record at most one attempt.
   *
   * @param agreed what two people signed; anything else standing here now is refused
   */
  public void reopen(ClosedPosition agreed) {
    takeTurn(null);
    try {
      if (!standing().equals(agreed)) {
        throw RefusalException.of(VaultRefusal.WRONG_STATE);
      }
      LedgerAnchor.Point anchored = agreed.anchored();
      long highest = Math.max(ledger.seq(), anchored == null ? 0 : anchored.seq());
      long row = highest + VaultLimits.REOPENING_GAP;
      long beforeMillis = nowMillis();
      time.takeOver(row);
      store.write(rows -> giveUpWhatIsLost(rows, row, beforeMillis));
      publish();
      closedState.reopened();
      open = true;
      LOG.log(Level.WARNING, "The ledger was reopened at row {0}.", Long.toString(ledger.seq()));
    } finally {
      turn.unlock();
    }
  }

  private void giveUpWhatIsLost(Rows rows, long row, long beforeMillis) {
    long nowMillis = time.millis();
    appendForNobody(rows, row, VaultEvent.RESTORED, nowMillis);
    int told = 0;
    List<Hash256> page = rows.employees(Hash256.ZERO, VaultLimits.STEP);
    while (!page.isEmpty()) {
      for (Hash256 employee : page) {
        AccountTransaction accountTransaction =
            AccountTransaction.open(ledger, rows, employee, nowMillis);
        dueTransitions.restored(accountTransaction, beforeMillis);
        accountTransaction.finish();
      }
      told += page.size();
      page = rows.employees(page.getLast(), VaultLimits.STEP);
    }
    if (told != ledger.employees()) {
      throw new TamperedException("An account that the ledger knows is missing.");
    }
    ClosedState.forget(rows);
  }

  /** Writes the sums down, so that the next start is quick. */
  public void rest() {
    chore(
        (rows, nowMillis) -> {
          ledger.writeCheckpoint(rows);
          return nowMillis;
        });
  }
}
