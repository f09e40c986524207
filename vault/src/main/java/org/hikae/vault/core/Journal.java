package org.hikae.vault.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.VaultStore.Rows;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerEntry.Subject;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the store (spec HK1-V-15, HK1-V-16). Units that wait are taken together: one
 * transaction, one commit, one raise of the anchor, and only then their answers. It opens itself
 * when it holds the lease and the ledger agrees with the anchor; it closes for good, until people
 * reopen it, when the ledger is behind the anchor or behind what a client has seen.
 */
final class Journal {

  private static final Logger LOG = System.getLogger(Journal.class.getName());
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final String SEALED = "sealed";

  private final VaultStore store;
  private final RootKey root;
  private final Anchor anchor;
  private final @Nullable LedgerWitness witness;
  private final Clock clock;
  private final String tenant;
  private final Settlement settlement;
  private final Ledger ledger;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final ConcurrentLinkedQueue<Waiting<?>> queue = new ConcurrentLinkedQueue<>();

  private boolean open;
  private boolean noted;
  private volatile @Nullable String sealed;
  private volatile @Nullable LedgerHead head;

  /** What is done with one employee. */
  @FunctionalInterface
  interface Work<T> {
    /** Changes the account and says what happened; the result is returned after the anchor. */
    T in(Unit unit);
  }

  /** What is done with the whole store. */
  @FunctionalInterface
  interface Chore<T> {
    /** Reads and writes; changes no account. */
    T in(Rows rows, long nowMillis);
  }

  Journal(Vault.Ports ports, String tenant, Settlement settlement) {
    this.store = ports.store();
    this.root = ports.root();
    this.anchor = ports.anchor();
    this.witness = ports.witness();
    this.clock = ports.clock();
    this.tenant = tenant;
    this.settlement = settlement;
    this.ledger = new Ledger(ports.root(), tenant);
  }

  /** A unit in the queue. Fields are written by the holder of the turn before {@code done}. */
  private static final class Waiting<T> {
    private final Hash256 employee;
    private final @Nullable LedgerHead seen;
    private final Work<T> work;
    private @Nullable T value;
    private @Nullable RuntimeException failure;
    private volatile boolean done;

    Waiting(Hash256 employee, @Nullable LedgerHead seen, Work<T> work) {
      this.employee = employee;
      this.seen = seen;
      this.work = work;
    }

    /** Nothing is written before {@link Unit#finish}, which runs outside of what is caught here. */
    void execute(Ledger ledger, Rows rows, long nowMillis, Settlement settlement) {
      Unit unit;
      try {
        unit = Unit.open(ledger, rows, employee, nowMillis);
        settlement.settle(unit);
      } catch (TamperedException e) {
        failure = e;
        return;
      }
      Unit.Mark settled = unit.mark();
      try {
        value = work.in(unit);
      } catch (RefusalException
          | TamperedException
          | UnavailableException
          | IllegalStateException e) {
        // An outage of the root is this unit's; after one of the store nothing can be committed.
        unit.backTo(settled);
        failure = e;
      }
      unit.finish();
    }

    void fail(RuntimeException why) {
      failure = why;
      done = true;
    }

    T result() {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(value, "a unit gives a result");
    }
  }

  /**
   * Does one unit; returns when it is committed and anchored.
   *
   * @param seen a head this vault signed and the client remembers
   * @throws RefusalException what the work refused
   * @throws UnavailableException when it cannot be done now; whether a charge stands is then open
   * @throws SealedException when the vault has closed itself
   * @throws TamperedException when the account is not what the ledger says
   */
  <T> T run(Hash256 employee, @Nullable LedgerHead seen, Work<T> work) {
    Waiting<T> mine = new Waiting<>(employee, seen, work);
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

  private void takeTurn(@Nullable Waiting<?> mine) {
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
    List<Waiting<?>> group = new ArrayList<>();
    try {
      long nowMillis = requireOpen();
      for (Waiting<?> next = queue.poll(); next != null; next = queue.poll()) {
        group.add(next);
        if (group.size() == VaultLimits.GROUP) {
          break;
        }
      }
      long before = ledger.seq();
      open = false;
      store.transact(
          rows -> {
            requireThere(rows);
            for (Waiting<?> one : group) {
              requireNotAhead(rows, one.seen);
              one.execute(ledger, rows, nowMillis, settlement);
            }
            if (ledger.wantsCheckpoint()) {
              ledger.writeCheckpoint(rows);
            }
            return group.size();
          });
      if (ledger.seq() > before) {
        publish();
      }
      open = true;
      group.forEach(one -> one.done = true);
    } catch (SealedException e) {
      seal(e.getMessage());
      failAll(group, e);
    } catch (UnavailableException | TamperedException e) {
      failAll(group, e);
    } finally {
      // Only a defect leaves somebody here, who must not wait for ever.
      group.stream()
          .filter(one -> !one.done)
          .forEach(one -> one.fail(new IllegalStateException("a unit was not finished")));
    }
  }

  private void failAll(List<Waiting<?>> group, RuntimeException why) {
    group.forEach(one -> one.fail(why));
    for (Waiting<?> next = queue.poll(); next != null; next = queue.poll()) {
      next.fail(why);
    }
  }

  /**
   * The row this process wrote or read last: without it the store was set back under the running
   * vault, and nothing may be written on behind the gap.
   */
  private void requireThere(Rows rows) {
    if (!Ledger.isIn(rows, ledger.seq(), ledger.head())) {
      throw new SealedException("Row " + ledger.seq() + " was here and is not any more.");
    }
  }

  /** A head that this vault has signed and does not have any more: it was set back. */
  private void requireNotAhead(Rows rows, @Nullable LedgerHead seen) {
    if (seen == null
        || Ledger.isIn(rows, seen.seq(), seen.mac())
        || Ledger.isLost(rows, seen.seq())) {
      return;
    }
    throw new SealedException("A client has seen row " + seen.seq() + ", which is not here.");
  }

  /** The time of this group, with everything open that it needs. */
  private long requireOpen() {
    String reason = sealed;
    if (reason != null && !reopenedElsewhere()) {
      throw new SealedException(reason);
    }
    if (!root.ready()) {
      throw new UnavailableException("The root key does not answer.", null);
    }
    if (!open) {
      openAgain();
    }
    long nowMillis = clock.millis();
    if (nowMillis < ledger.lastMillis() - VaultLimits.CLOCK_STEP.toMillis()) {
      throw new UnavailableException(
          "ALARM: the clock is behind the ledger's last row; nothing is served until it is right.",
          null);
    }
    return Math.max(nowMillis, ledger.lastMillis());
  }

  /**
   * Whether people have reopened the ledger through another process since this one closed itself:
   * what it wrote down then is gone. Everything is verified again before it serves.
   */
  private boolean reopenedElsewhere() {
    boolean gone = noted && store.lease() && store.transact(rows -> rows.note(SEALED).isEmpty());
    if (gone) {
      sealed = null;
    }
    return gone;
  }

  private void openAgain() {
    if (!store.lease()) {
      throw new UnavailableException("Another process holds the ledger.", null);
    }
    Anchor.Point anchored = anchor.highest();
    Optional<String> wrong;
    try {
      wrong =
          store.transact(
              rows -> {
                ledger.load(rows);
                return rows.note(SEALED)
                    .map(note -> new String(note, StandardCharsets.UTF_8))
                    .or(() -> ledger.behind(rows, anchored))
                    .or(() -> unwitnessed(rows));
              });
    } catch (TamperedException e) {
      wrong = Optional.of(String.valueOf(e.getMessage()));
    }
    if (wrong.isPresent()) {
      throw new SealedException(wrong.get());
    }
    if (ledger.seq() == 0) {
      store.transact(rows -> appendForNobody(rows, 1, VaultEvent.FOUNDED));
    }
    publish();
    open = true;
    LOG.log(Level.INFO, "The ledger is open at row {0}.", ledger.seq());
  }

  /** A row that the witness has and the ledger has not: store and anchor were set back. */
  private Optional<String> unwitnessed(Rows rows) {
    Anchor.Point seen = witness == null ? null : witness.newest();
    if (seen == null
        || Ledger.isIn(rows, seen.seq(), seen.head())
        || Ledger.isLost(rows, seen.seq())) {
      return Optional.empty();
    }
    return Optional.of("The witness has seen row " + seen.seq() + ", which is not here.");
  }

  /** Brings the witness up to the newest row. */
  private void testify() {
    if (witness == null) {
      return;
    }
    Anchor.Point seen = witness.newest();
    long from = seen == null ? 0 : seen.seq();
    while (from < ledger.seq()) {
      long after = from;
      List<LedgerRow> page = store.transact(rows -> rows.rows(after, VaultLimits.STEP));
      witness.append(page);
      from = page.getLast().seq();
    }
  }

  private long appendForNobody(Rows rows, long seq, VaultEvent event) {
    LedgerEntry entry =
        new LedgerEntry(
            seq,
            ledger.head(),
            Math.max(clock.millis(), ledger.lastMillis()),
            event,
            new Subject(Ledger.NOBODY, Id.NONE.toBytes(), Hash256.ZERO, Id.NONE.toBytes()),
            ledger.known(Ledger.NOBODY).seq(),
            0,
            0,
            Hash256.ZERO,
            Hash256.ZERO);
    LedgerRow row = new LedgerRow(entry, ledger.mac(entry));
    rows.append(row);
    ledger.advance(row);
    return seq;
  }

  /** Anchors the newest row, then lets its head be known. */
  private void publish() {
    Anchor.Point point = ledger.point();
    try {
      anchor.raise(point);
    } catch (TamperedException e) {
      throw new SealedException("The anchor is ahead: another vault has written on.");
    }
    testify();
    byte[] signature =
        root.identity().sign(LedgerHead.transcript(tenant, point.seq(), point.head()));
    head = new LedgerHead(point.seq(), point.head(), signature);
  }

  private void seal(@Nullable String reason) {
    String text = String.valueOf(reason);
    LOG.log(Level.ERROR, "ALARM: the vault closes itself. {0}", text);
    sealed = text;
    open = false;
    noted = false;
    try {
      store.transact(
          rows -> {
            rows.putNote(SEALED, text.getBytes(StandardCharsets.UTF_8));
            return text;
          });
      noted = true;
    } catch (UnavailableException e) {
      LOG.log(Level.ERROR, "The alarm could not be written down: {0}", e.getMessage());
    }
  }

  /** Does a chore; the journal must be open. */
  <T> T chore(Chore<T> chore) {
    takeTurn(null);
    try {
      long nowMillis = requireOpen();
      open = false;
      T result =
          store.transact(
              rows -> {
                requireThere(rows);
                return chore.in(rows, nowMillis);
              });
      open = true;
      return result;
    } catch (SealedException e) {
      if (sealed == null) {
        seal(e.getMessage());
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** How many units wait now. */
  int waiting() {
    return queue.size();
  }

  /** How far the anchored ledger has come; null before it was first opened. */
  @Nullable LedgerHead head() {
    return head;
  }

  /** Why the vault has closed itself, if it has. */
  Optional<String> sealedBecause() {
    return Optional.ofNullable(sealed);
  }

  /** Where a closed ledger stands: what two people sign to reopen it. */
  record Standing(long seq, Hash256 head, Anchor.@Nullable Point anchored) {}

  /** Reads where ledger and anchor stand, sealed or not. */
  Standing standing() {
    takeTurn(null);
    try {
      if (!store.lease()) {
        throw new UnavailableException("Another process holds the ledger.", null);
      }
      open = false;
      store.transact(
          rows -> {
            ledger.load(rows);
            return rows;
          });
      return new Standing(ledger.seq(), ledger.head(), anchor.highest());
    } finally {
      turn.unlock();
    }
  }

  /**
   * Reopens a closed ledger as it stands: goes on behind the anchor, and leaves every record at
   * most one attempt.
   *
   * @param agreed what two people signed; anything else standing here now is refused
   */
  void reopen(Standing agreed) {
    if (!standing().equals(agreed)) {
      throw RefusalException.of(VaultRefusal.WRONG_STATE);
    }
    takeTurn(null);
    try {
      Anchor.Point anchored = agreed.anchored();
      long highest = Math.max(ledger.seq(), anchored == null ? 0 : anchored.seq());
      store.transact(
          rows -> {
            appendForNobody(rows, highest + 1, VaultEvent.RESTORED);
            long nowMillis = ledger.lastMillis();
            List<Hash256> page = rows.employees(Hash256.ZERO, VaultLimits.STEP);
            while (!page.isEmpty()) {
              for (Hash256 employee : page) {
                Unit unit = Unit.open(ledger, rows, employee, nowMillis);
                settlement.restored(unit);
                unit.finish();
              }
              page = rows.employees(page.getLast(), VaultLimits.STEP);
            }
            rows.removeNote(SEALED);
            return page;
          });
      publish();
      sealed = null;
      open = true;
      LOG.log(Level.WARNING, "The ledger was reopened at row {0}.", ledger.seq());
    } finally {
      turn.unlock();
    }
  }

  /** Writes the sums down, so that the next start is quick. */
  void rest() {
    chore(
        (rows, nowMillis) -> {
          ledger.writeCheckpoint(rows);
          return nowMillis;
        });
  }
}
