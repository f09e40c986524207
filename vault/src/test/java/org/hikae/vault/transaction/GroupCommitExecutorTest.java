package org.hikae.vault.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.account.VaultRecord;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.hikae.vault.ledger.VaultClosedException;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.TokenRefusedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultDependencies;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultRefusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Group commit by itself: transactions, groups, turns, leases. Budget: 15 seconds. */
@DisplayName("HK1-V-15, V-16: transactions, groups, turns")
class GroupCommitExecutorTest {

  private static final Hash256 ALICE = VaultFixture.employee("alice");

  private VaultFixture fixture;
  private GroupCommitExecutor groupCommitExecutor;

  @BeforeEach
  void open() {
    fixture = new VaultFixture();
    groupCommitExecutor = executorOver(fixture.store);
  }

  private GroupCommitExecutor executorOver(InMemoryVaultStore store) {
    RecordSealer seal =
        new RecordSealer(fixture.root, fixture.epochs, VaultFixture.TENANT, fixture.random);
    DueTransitions dueTransitions =
        new DueTransitions(new EpochRotation(fixture.epochs, seal, VaultFixture.RETENTION));
    return new GroupCommitExecutor(
        new VaultDependencies(
            fixture.root,
            fixture.anchor,
            null,
            fixture.epochs,
            store,
            (token, deviceKey) -> {
              throw new TokenRefusedException("not here");
            },
            fixture.clock,
            fixture.clock::uptime,
            fixture.random),
        VaultFixture.TENANT,
        dueTransitions);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static PendingLedgerEntry happens(AccountTransaction accountTransaction) {
    return accountTransaction.happens(
        VaultEvent.CLAIMED, Id128.NONE, Hash256.ZERO, Id128.NONE, Hash256.ZERO);
  }

  @Test
  void an_account_that_changes_in_silence_is_a_defect_and_is_not_kept() {
    assertThatThrownBy(
            () ->
                groupCommitExecutor.run(
                    ALICE,
                    null,
                    accountTransaction -> {
                      accountTransaction.account().freeze(1);
                      return 1;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(
            groupCommitExecutor.<Boolean>run(
                ALICE, null, accountTransaction -> accountTransaction.account().frozen()))
        .isFalse();
  }

  @Test
  void a_row_is_there_when_its_unit_is_finished_and_not_before() {
    PendingLedgerEntry[] early = new PendingLedgerEntry[1];
    PendingLedgerEntry done =
        groupCommitExecutor.run(
            ALICE,
            null,
            accountTransaction -> {
              early[0] = happens(accountTransaction);
              assertThatThrownBy(early[0]::row).isInstanceOf(IllegalStateException.class);
              return early[0];
            });
    assertThat(done.row().seq()).isEqualTo(done.seq());
  }

  @Test
  void a_unit_that_is_given_up_leaves_nothing_and_others_go_on() {
    for (RuntimeException failure :
        List.of(
            RefusalException.of(VaultRefusal.LIMIT),
            new TamperedException("test"),
            new UnavailableException("test", null),
            new IllegalStateException("test"))) {
      assertThatThrownBy(
              () ->
                  groupCommitExecutor.run(
                      ALICE,
                      null,
                      accountTransaction -> {
                        accountTransaction.account().freeze(1);
                        happens(accountTransaction);
                        accountTransaction.put(SecretKind.LOGIN, new Secret(ALICE, 0, new byte[1]));
                        throw failure;
                      }))
          .isSameAs(failure);
    }
    assertThat(fixture.store.snapshot().hasSecret(ALICE)).isFalse();
    assertThat(
            groupCommitExecutor.<Long>run(
                ALICE, null, accountTransaction -> accountTransaction.known().seq()))
        .isZero();
  }

  @Test
  @DisplayName("HK1-V-15: a long ledger writes its sums down by itself")
  void a_long_ledger_writes_a_checkpoint() {
    groupCommitExecutor.run(
        ALICE,
        null,
        accountTransaction -> {
          for (int i = 0; i < VaultLimits.CHECKPOINT_ROWS; i++) {
            happens(accountTransaction);
          }
          return 1;
        });
    assertThat(fixture.store.<Boolean>transact(rows -> rows.note("checkpoint").isPresent()))
        .isTrue();
    assertThat(executorOver(fixture.store).<Boolean>chore((rows, now) -> true)).isTrue();
  }

  @Test
  @DisplayName("HK1-V-16: one holds the lease; the other serves when the first has lost it")
  void the_lease_is_one_holders() {
    InMemoryVaultStore second = new InMemoryVaultStore(fixture.store.disk());
    GroupCommitExecutor standby = executorOver(second);
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);

    assertThatThrownBy(() -> standby.run(ALICE, null, GroupCommitExecutorTest::happens))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Another process holds the ledger.");
    assertThatThrownBy(standby::standing)
        .isInstanceOf(UnavailableException.class)
        .hasMessage("Another process holds the ledger.");
    fixture.store.loseLease();
    assertThat(standby.run(ALICE, null, GroupCommitExecutorTest::happens).seq()).isEqualTo(3);
    assertThatThrownBy(() -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens))
        .isInstanceOf(UnavailableException.class);
    second.loseLease();
    assertThat(groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens).seq())
        .isEqualTo(4);
  }

  @Test
  @DisplayName(
      "HK1-V-33: closed it stays, though the alarm could not be kept, until it is reopened")
  void closed_without_a_note_it_stays_closed_until_it_is_reopened() {
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);
    LedgerHead ahead =
        new LedgerHead(9, Hash256.sha256(new byte[1]), new byte[Hk1Constants.SIGNATURE_BYTES]);
    fixture.anchor.failing = true;
    fixture.store.breakAt(FailureMoment.BEFORE_COMMIT, 1, FailureEffect.OUTAGE);
    assertThatThrownBy(
            () -> groupCommitExecutor.run(ALICE, ahead, GroupCommitExecutorTest::happens))
        .isInstanceOf(VaultClosedException.class);
    assertThat(fixture.store.snapshot().hasNote("sealed")).isFalse();
    assertThatThrownBy(() -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens))
        .as("closed, and not only away")
        .isInstanceOf(VaultClosedException.class);

    fixture.anchor.failing = false;
    assertThatThrownBy(() -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens))
        .isInstanceOf(VaultClosedException.class);

    groupCommitExecutor.reopen(groupCommitExecutor.standing());
    assertThat(groupCommitExecutor.closedBecause()).isEmpty();
    assertThat(groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens).seq())
        .isGreaterThan(9);
  }

  @Test
  @DisplayName("HK1-V-22: a reopening that was agreed on for another standing is refused")
  void another_standing_is_not_reopened() {
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);
    GroupCommitExecutor.ClosedPosition before = groupCommitExecutor.standing();
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);

    assertThatThrownBy(() -> groupCommitExecutor.reopen(before))
        .isInstanceOf(RefusalException.class);
  }

  @Test
  @DisplayName("HK1-V-16: more transactions than one group takes are all done")
  void many_transactions_are_done_group_by_group() throws Exception {
    int transactions = VaultLimits.GROUP + 20;
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(transactions + 1)) {
      Future<Boolean> holding = threads.submit(() -> hold(inside, leave));
      inside.await();
      int before = fixture.anchor.raised;
      List<Future<PendingLedgerEntry>> waiting = new ArrayList<>();
      for (int i = 0; i < transactions; i++) {
        waiting.add(
            threads.submit(
                () -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens)));
      }
      while (groupCommitExecutor.waiting() < transactions) {
        Thread.onSpinWait();
      }
      leave.countDown();
      assertThat(holding.get()).isTrue();
      for (Future<PendingLedgerEntry> one : waiting) {
        assertThat(one.get().row().seq()).isPositive();
      }
      assertThat(fixture.anchor.raised - before).as("groups").isEqualTo(2);
    }
    assertThat(
            groupCommitExecutor.<Long>run(
                ALICE, null, accountTransaction -> accountTransaction.known().seq()))
        .isEqualTo(transactions + 1);
  }

  private boolean hold(CountDownLatch inside, CountDownLatch leave) {
    return groupCommitExecutor.chore(
        (rows, now) -> {
          inside.countDown();
          try {
            leave.await();
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  @DisplayName("HK1-V-16: who waits too long for a turn is told so, and nothing of it is done")
  void waiting_is_bounded() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<Boolean> holding = threads.submit(() -> hold(inside, leave));
      inside.await();
      Future<PendingLedgerEntry> transaction =
          threads.submit(
              () -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens));
      Future<Boolean> chore = threads.submit(() -> groupCommitExecutor.chore((rows, now) -> true));
      assertThatThrownBy(transaction::get).hasCauseInstanceOf(UnavailableException.class);
      assertThatThrownBy(chore::get).hasCauseInstanceOf(UnavailableException.class);
      leave.countDown();
      assertThat(holding.get()).isTrue();
    }
    assertThat(
            groupCommitExecutor.<Long>run(
                ALICE, null, accountTransaction -> accountTransaction.known().seq()))
        .isZero();
  }

  @Test
  @DisplayName("HK1-V-16: who is interrupted while waiting is told so, and stays interrupted")
  void an_interrupt_is_kept() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens))
        .isInstanceOf(UnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @Timeout(60)
  @DisplayName("HK1-V-16: a defect in one unit leaves nobody waiting, and others go on")
  void a_defect_ends_its_whole_group() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<Boolean> holding = threads.submit(() -> hold(inside, leave));
      inside.await();
      Future<Object> defective =
          threads.submit(
              () ->
                  groupCommitExecutor.run(
                      ALICE,
                      null,
                      accountTransaction -> {
                        throw new IllegalArgumentException("a defect");
                      }));
      Future<PendingLedgerEntry> beside =
          threads.submit(
              () -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens));
      while (groupCommitExecutor.waiting() < 2) {
        Thread.onSpinWait();
      }
      leave.countDown();
      assertThat(holding.get()).isTrue();
      // Whoever of the two has the turn meets the defect itself.
      assertThat(List.of(causeOf(defective), causeOf(beside)))
          .extracting(Throwable::getMessage)
          .containsExactlyInAnyOrder("a defect", "a transaction was not finished");
    }
    assertThat(groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens).seq())
        .isEqualTo(2);
  }

  private static Throwable causeOf(Future<?> failed) throws InterruptedException {
    try {
      throw new AssertionError("not expected: " + failed.get());
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  @Test
  @DisplayName("HK1-V-16: the turn is given back after whatever was done")
  void the_turn_is_given_back() {
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);
    assertThat(groupCommitExecutor.standing().last().seq()).isEqualTo(2);
    assertThat(happensElsewhere()).isEqualTo(3);
    groupCommitExecutor.reopen(groupCommitExecutor.standing());
    assertThat(happensElsewhere()).isGreaterThan(VaultLimits.REOPENING_GAP);
  }

  private long happensElsewhere() {
    return CompletableFuture.supplyAsync(
            () -> groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens).seq())
        .join();
  }

  @Test
  @DisplayName("HK1-V-16: what changes nothing is not anchored")
  void what_changes_nothing_is_not_anchored() {
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);
    int before = fixture.anchor.raised;
    long _ = groupCommitExecutor.run(ALICE, null, AccountTransaction::nowMillis);
    assertThat(fixture.anchor.raised).isEqualTo(before);
  }

  @Test
  @DisplayName("HK1-V-35: the time is written down while nothing happens")
  void chores_note_the_time() {
    groupCommitExecutor.run(ALICE, null, GroupCommitExecutorTest::happens);
    boolean _ = groupCommitExecutor.chore((rows, now) -> true);
    assertThat(fixture.store.snapshot().hasNote("time")).isFalse();
    fixture.clock.advance(Duration.ofHours(1));
    boolean _ = groupCommitExecutor.chore((rows, now) -> true);
    assertThat(fixture.store.snapshot().hasNote("time")).isTrue();
  }

  @Test
  @DisplayName("HK1-V-08: a lifetime used up does not keep an unfinished registration alive")
  void an_unfinished_registration_ends_whatever_the_counts_say() {
    Hash256 credId = Hash256.sha256(new byte[] {7});
    groupCommitExecutor.run(
        ALICE,
        null,
        accountTransaction -> {
          accountTransaction
              .account()
              .put(
                  new AttemptCounters(
                      0, VaultLimits.LIFETIME_FAILURES, 0, accountTransaction.nowMillis()));
          accountTransaction
              .account()
              .put(
                  VaultRecord.begun(
                      credId,
                      Id128.NONE,
                      Id128.NONE,
                      Hash256.ZERO,
                      accountTransaction.nowMillis()));
          return happens(accountTransaction);
        });
    fixture.clock.advance(VaultLimits.FORGET_AFTER);

    RecordStage stage =
        groupCommitExecutor.run(
            ALICE,
            null,
            accountTransaction ->
                accountTransaction.account().record(credId).orElseThrow().stage());
    assertThat(stage).isEqualTo(RecordStage.RETIRED);
  }

  @Test
  @DisplayName("HK1-V-36: a freeze from before they had an end gets one")
  void a_freeze_without_an_end_gets_one() {
    Hash256 credId = Hash256.sha256(new byte[] {8});
    groupCommitExecutor.run(
        ALICE,
        null,
        accountTransaction -> {
          VaultRecord begun =
              VaultRecord.begun(
                  credId, Id128.NONE, Id128.NONE, Hash256.ZERO, accountTransaction.nowMillis());
          accountTransaction
              .account()
              .put(
                  begun
                      .pending(Hash256.ZERO, 1, accountTransaction.nowMillis())
                      .active(1, accountTransaction.nowMillis()));
          accountTransaction.account().freeze(0);
          return happens(accountTransaction);
        });

    assertThat(
            groupCommitExecutor.<Long>run(
                ALICE,
                null,
                accountTransaction -> accountTransaction.account().frozenUntilMillis()))
        .isEqualTo(fixture.clock.millis() + VaultLimits.FREEZE_FOR.toMillis());
    assertThat(
            groupCommitExecutor.<Long>run(
                ALICE,
                null,
                accountTransaction ->
                    accountTransaction.row(accountTransaction.known().seq()).entry().dueSeconds()))
        .isEqualTo(fixture.clock.instant().plus(VaultLimits.FREEZE_FOR).getEpochSecond());
    assertThat(
            groupCommitExecutor.<Boolean>run(
                ALICE, null, accountTransaction -> accountTransaction.account().frozen()))
        .isTrue();
  }
}
