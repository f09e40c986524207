package org.hikae.vault.exploration.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.database.InMemoryVaultStore.StoreSnapshot;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;
import org.jspecify.annotations.Nullable;

/**
 * What has really happened, counted outside of the vault: which guesses were answered, which of
 * them were proven, and what was acknowledged. Of the vault it reads ledger rows, never a count.
 */
public final class GroundTruth {

  /**
   * A guess: one KE1.
   *
   * @param loginId the login under which it is made
   * @param window the stretch between two successful logins in which it was charged
   * @param era the life in which it was charged
   * @param row the row that charged it; 0 while none does
   * @param answered whether KE2 has left the vault
   * @param proven whether it opened the record
   */
  public record Guess(
      int number, byte[] loginId, int window, int era, long row, boolean answered, boolean proven) {

    Guess charged(int in, int of, long by) {
      return new Guess(number, loginId, in, of, by, false, false);
    }

    Guess with(long by, boolean isAnswered, boolean isProven) {
      return new Guess(number, loginId, window, era, by, isAnswered, isProven);
    }

    boolean isOpen() {
      return answered && !proven;
    }
  }

  /** Receipts that a device holds; a list that shares its tail. */
  private record Acknowledged(long seq, Hash256 mac, @Nullable Acknowledged before) {}

  private final Invariants invariants;
  private List<Guess> guesses = List.of();
  private Map<Hash256, RecordStage> stages = Map.of();
  private List<Hash256> records = List.of();
  private @Nullable Acknowledged acknowledged;
  private int window;
  private int era;
  private List<Integer> reopened = List.of();
  private long absorbed;
  private boolean setBack;
  private boolean forked;
  private boolean sealed;

  GroundTruth(Invariants invariants) {
    this.invariants = invariants;
  }

  GroundTruth copy() {
    GroundTruth copy = new GroundTruth(invariants);
    copy.guesses = guesses;
    copy.stages = stages;
    copy.records = records;
    copy.acknowledged = acknowledged;
    copy.window = window;
    copy.era = era;
    copy.reopened = reopened;
    copy.absorbed = absorbed;
    copy.setBack = setBack;
    copy.forked = forked;
    copy.sealed = sealed;
    return copy;
  }

  /** Whether the store was set back behind the anchor. */
  public boolean isSetBack() {
    return setBack;
  }

  /** Whether store and anchor were set back together, and go on from there. */
  public boolean isForked() {
    return forked;
  }

  /** Whether the vault has noticed that and closed itself. */
  public boolean isSealed() {
    return sealed;
  }

  /** What a record was last. */
  @Nullable RecordStage stage(Hash256 credId) {
    return stages.get(credId);
  }

  /** Number of the last row that was taken in. */
  long absorbed() {
    return absorbed;
  }

  /** Whether nobody has logged in since the last reopening. */
  public boolean isAfterReopening() {
    return reopened.contains(window);
  }

  /** All records there ever were. */
  public List<Hash256> records() {
    return records;
  }

  public List<Guess> guesses() {
    return guesses;
  }

  // What devices do and see.

  /** A new guess; its number. */
  int guess(byte[] loginId) {
    int number = guesses.size() + 1;
    List<Guess> more = new ArrayList<>(guesses);
    more.add(new Guess(number, loginId, 0, 0, 0, false, false));
    guesses = more;
    return number;
  }

  /** The newest guess of a number: after a reopening one may be charged again. */
  public Guess find(int number) {
    for (Guess guess : guesses.reversed()) {
      if (guess.number() == number) {
        return guess;
      }
    }
    throw new AssertionError("no guess " + number);
  }

  private void replace(Guess old, Guess by) {
    List<Guess> after = new ArrayList<>(guesses);
    after.set(guesses.lastIndexOf(old), by);
    guesses = after;
  }

  /** KE2 has left the vault. */
  void answered(SentMessage sentMessage) {
    Guess guess = find(sentMessage.meaning().guess());
    invariants.require(
        Invariant.A_CHARGE_SERVES_ONCE,
        guess.row() > 0,
        "guess " + guess.number() + " is answered without a charge");
    if (!guess.answered()) {
      replace(guess, guess.with(guess.row(), true, guess.proven()));
      requireBounds();
    }
  }

  void acknowledge(Receipt receipt) {
    acknowledged = new Acknowledged(receipt.entry().seq(), receipt.mac(), acknowledged);
  }

  // What the ledger says.

  /** Takes in the rows that a message led to. */
  void absorb(StoreSnapshot content, @Nullable SentMessage sentMessage) {
    @Nullable VaultEvent before = null;
    for (LedgerRow row : content.rowsAfter(absorbed)) {
      absorb(row.entry(), sentMessage, before);
      before = row.entry().event();
      absorbed = row.seq();
    }
  }

  private void absorb(
      LedgerEntry row, @Nullable SentMessage sentMessage, @Nullable VaultEvent before) {
    switch (row.event()) {
      case BEGUN -> {
        List<Hash256> more = new ArrayList<>(records);
        more.add(row.subject().credId());
        records = more;
        stage(row, RecordStage.BEGUN);
      }
      case PENDING -> stage(row, RecordStage.PENDING);
      case ACTIVE -> {
        invariants.require(
            Invariant.ONE_ACTIVE_RECORD,
            !stages.containsValue(RecordStage.ACTIVE),
            "two are ACTIVE");
        stage(row, RecordStage.ACTIVE);
        boolean renewed =
            sentMessage != null && sentMessage.meaning().renews() && sentMessage.from().isHonest();
        if (renewed && before == VaultEvent.RETIRED) {
          era++;
        }
      }
      case RETIRED -> stage(row, RecordStage.RETIRED);
      case LOCKED -> {
        stage(row, RecordStage.LOCKED);
        window++;
      }
      case CHARGED -> charged(row.seq(), sentMessage);
      case VOIDED -> {
        Guess guess = guessOf(sentMessage);
        invariants.require(
            Invariant.A_CHARGE_SERVES_ONCE, !guess.answered(), "an answered charge is taken back");
        replace(guess, guess.with(guess.answered() ? LOST : 0, guess.answered(), false));
      }
      case OPENED -> {
        invariants.require(
            Invariant.ONLY_THE_PASSWORD_OPENS,
            sentMessage != null && sentMessage.meaning().right(),
            "opened by " + sentMessage);
        Guess guess = guessOf(sentMessage);
        replace(guess, guess.with(guess.row(), guess.answered(), true));
        window++;
      }
      default -> {}
    }
  }

  private void stage(LedgerEntry row, RecordStage stage) {
    Map<Hash256, RecordStage> after = new HashMap<>(stages);
    after.put(row.subject().credId(), stage);
    stages = after;
  }

  private Guess guessOf(@Nullable SentMessage sentMessage) {
    return find(Objects.requireNonNull(sentMessage).meaning().guess());
  }

  private void charged(long row, @Nullable SentMessage sentMessage) {
    Guess guess = guessOf(sentMessage);
    invariants.require(
        Invariant.A_CHARGE_SERVES_ONCE,
        guess.row() == 0 || guess.row() == LOST,
        "guess " + guess.number() + " is charged twice");
    Guess charged = guess.charged(window, isAtTheEmployees(sentMessage) ? era : NOBODYS, row);
    if (guess.row() == LOST) {
      List<Guess> more = new ArrayList<>(guesses);
      more.add(charged);
      guesses = more;
    } else {
      replace(guess, charged);
    }
  }

  /** The life of guesses at records that a thief has registered. */
  private static final int NOBODYS = -1;

  private static boolean isAtTheEmployees(@Nullable SentMessage sentMessage) {
    return sentMessage == null || !sentMessage.setId().equals(Party.THIEF.identity().setId());
  }

  /** The row of a charge that a restored store has forgotten. */
  private static final long LOST = -1;

  /**
   * The store was set back to what it was.
   *
   * @param withAnchor whether the anchor was, too: then nobody can know it who has not seen more
   */
  void restored(StoreSnapshot to, boolean withAnchor) {
    boolean back = to.lastSeq() != absorbed;
    // Nor does the vault know then that it has closed itself.
    sealed &= !withAnchor;
    if (back && withAnchor) {
      forked = true;
      forget(to);
    } else {
      setBack |= back;
    }
    absorbed = to.lastSeq();
    stages = Map.of();
    records = List.of();
    GroundTruth replay = new GroundTruth(invariants);
    for (LedgerRow row : to.rowsAfter(0)) {
      switch (row.entry().event()) {
        case BEGUN, PENDING, ACTIVE, RETIRED, LOCKED -> replay.absorb(row.entry(), null, null);
        default -> {}
      }
    }
    stages = replay.stages;
    records = replay.records;
  }

  /** The vault said that it has closed itself. */
  void sealed() {
    sealed |= forked;
  }

  /** Two people accepted the store as it is: from now on one attempt is left at most. */
  void reopened(StoreSnapshot content) {
    setBack = false;
    forked = false;
    sealed = false;
    window++;
    List<Integer> more = new ArrayList<>(reopened);
    more.add(window);
    reopened = more;
    forget(content);
    absorb(content, null);
  }

  /** What is not in the store is forgotten: charges, and what was acknowledged. */
  private void forget(StoreSnapshot content) {
    List<Guess> kept = new ArrayList<>();
    for (Guess guess : guesses) {
      boolean lost = guess.row() > 0 && content.row(guess.row()).isEmpty();
      kept.add(lost ? guess.with(LOST, guess.answered(), guess.proven()) : guess);
    }
    guesses = kept;
    Acknowledged still = null;
    for (Acknowledged one = acknowledged; one != null; one = one.before()) {
      Hash256 mac = one.mac();
      if (content.row(one.seq()).filter(row -> row.mac().equals(mac)).isPresent()) {
        still = new Acknowledged(one.seq(), one.mac(), still);
      }
    }
    acknowledged = still;
  }

  // What must be so.

  /** How many guesses of a stretch are answered and unproven. */
  public int open(int of) {
    return (int) guesses.stream().filter(guess -> guess.isOpen() && guess.window() == of).count();
  }

  /** How many guesses of this life are answered and unproven, but those that a store forgot. */
  public int openInLife() {
    return (int)
        guesses.stream()
            .filter(guess -> guess.isOpen() && guess.row() > 0 && guess.era() == era)
            .count();
  }

  public int window() {
    return window;
  }

  private void requireBounds() {
    for (int of = Math.max(0, window - 1); of <= window; of++) {
      int most = reopened.contains(of) ? 1 : VaultLimits.CONSECUTIVE_ATTEMPTS;
      invariants.require(
          Invariant.TEN_IN_A_ROW,
          open(of) <= most,
          open(of) + " answered and unproven attempts, allowed " + most);
    }
    invariants.require(
        Invariant.FIFTY_IN_A_LIFE,
        openInLife() <= VaultLimits.LIFETIME_FAILURES,
        openInLife() + " in a life");
  }

  /** Compares store and account with what was acknowledged. */
  public void requireKept(StoreSnapshot content, Account account, Hash256 stateHash) {
    if (setBack || forked) {
      return;
    }
    for (Acknowledged one = acknowledged; one != null; one = one.before()) {
      Hash256 mac = one.mac();
      invariants.require(
          Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
          content.row(one.seq()).filter(row -> row.mac().equals(mac)).isPresent(),
          "row " + one.seq() + " is gone");
    }
    invariants.require(
        Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
        Hash256.sha256(account.encode()).equals(stateHash),
        "the account is not the last row's");
    stages.forEach((credId, stage) -> requireStage(content, account, credId, stage));
    invariants.require(
        Invariant.A_LIFE_IS_COUNTED,
        openInLife() <= account.counts().lifetime(),
        openInLife() + " failures in a life are counted as " + account.counts().lifetime());
  }

  private void requireStage(
      StoreSnapshot content, Account account, Hash256 credId, RecordStage stage) {
    RecordStage kept = account.record(credId).map(VaultRecord::stage).orElse(RecordStage.RETIRED);
    boolean same = kept == stage || (!stage.isAlive() && account.record(credId).isEmpty());
    invariants.require(
        Invariant.NOTHING_ACKNOWLEDGED_IS_LOST, same, "a record is " + kept + ", not " + stage);
    invariants.require(
        Invariant.NOTHING_ACKNOWLEDGED_IS_LOST,
        content.hasSecret(credId) == stage.isAlive(),
        "a " + stage + " record's secrets");
  }
}
