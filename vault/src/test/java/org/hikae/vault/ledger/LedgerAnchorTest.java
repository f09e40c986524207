package org.hikae.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.LedgerHead;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.witness.FileLedgerWitness;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger, its anchor, and what the vault does when they disagree. */
@DisplayName("HK1-V-15, V-16, V-20: ledger and anchor")
class LedgerAnchorTest extends RegisteredVaultTestBase {

  private VaultRefusal refusedStart() {
    return refusal(device.start(registered.credId(), PASSWORD).reply());
  }

  private List<LedgerRow> rows() {
    return fixture.store.transact(rows -> List.copyOf(rows.rows(0, 1000)));
  }

  private LedgerAnchor.Point newest() {
    LedgerRow last = rows().getLast();
    return new LedgerAnchor.Point(last.seq(), last.mac());
  }

  @Test
  @DisplayName("HK1-V-16: every answer leaves after its row is anchored, and carries that head")
  void answers_are_anchored() throws Exception {
    for (int i = 0; i < 3; i++) {
      device.start(registered.credId(), WRONG);
      assertThat(fixture.anchor.highest()).isEqualTo(newest());
      LedgerHead head = LedgerHead.parse(device.lastHead);
      assertThat(new LedgerAnchor.Point(head.seq(), head.mac())).isEqualTo(newest());
    }
  }

  @Test
  @DisplayName("HK1-V-15: rows are numbered without gaps and chained, over all and by employee")
  void rows_are_chained() {
    fixture.device("bob").register(PASSWORD);
    device.login(registered.credId(), PASSWORD);
    Hash256 head = Hash256.ZERO;
    long seq = 0;
    for (LedgerRow row : rows()) {
      assertThat(row.seq()).isEqualTo(++seq);
      assertThat(row.entry().previous()).isEqualTo(head);
      head = row.mac();
    }
    List<LedgerEntry> alices =
        rows().stream()
            .map(LedgerRow::entry)
            .filter(row -> row.subject().employee().equals(VaultFixture.employee("alice")))
            .toList();
    for (int i = 1; i < alices.size(); i++) {
      assertThat(alices.get(i).employeePrevious()).isEqualTo(alices.get(i - 1).seq());
    }
  }

  @Test
  @DisplayName("HK1-V-16: a store ahead of the anchor by verified rows is rolled forward")
  void ahead_is_rolled_forward() {
    LedgerAnchor.Point before = newest();
    device.start(registered.credId(), WRONG);
    fixture.anchor.set(before);

    fixture.restart();

    assertThat(device.attemptsLeft()).isEqualTo(9);
    assertThat(fixture.anchor.highest()).isEqualTo(newest());
  }

  @Test
  @DisplayName("HK1-V-16: yesterday's database is refused, and stays refused after a restart")
  void a_restored_store_is_refused() {
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    for (int i = 0; i < 9; i++) {
      device.start(registered.credId(), WRONG);
    }
    fixture.store.restore(yesterday);
    int evaluations = fixture.root.evaluations();

    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(fixture.vault.ready()).isFalse();
    assertThat(fixture.vault.closedBecause().orElseThrow()).contains("anchor is at row");
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
  }

  @Test
  @DisplayName("HK1-V-16: a database restored under the running vault is refused too")
  void a_store_restored_under_the_vault_is_refused() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(earlier);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-16: it closes itself also when nobody but the sweep asks")
  void a_store_restored_under_the_vault_is_noticed_by_chores() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(earlier);

    assertThat(fixture.vault.ready()).isFalse();
    assertThat(fixture.vault.closedBecause().orElseThrow()).contains("is not any more");
  }

  @Test
  @DisplayName(
      "HK1-V-16: what a restore under the running vault did not touch is not served either")
  void a_store_restored_under_the_vault_serves_nobody() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    fixture.device("bob").witness(1, Hash256.ZERO);
    fixture.store.restore(earlier);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    assertThat(fixture.store.snapshot().lastSeq())
        .as("no row is written behind the gap")
        .isEqualTo(earlier.lastSeq());
  }

  @Test
  @DisplayName("HK1-V-16: an alarm that could not be written down keeps the vault closed as well")
  void an_alarm_that_was_not_written_down_holds() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(earlier);
    fixture.restart();
    fixture.store.breakAt(FailureMoment.BEFORE_COMMIT, 2, FailureEffect.OUTAGE);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    assertThat(fixture.store.snapshot().hasNote("sealed")).isFalse();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-16: an emptied store, a lost anchor and a forked ledger are refused")
  void nothing_and_forks_are_refused() {
    InMemoryVaultStore.StoreSnapshot whole = fixture.store.snapshot();
    LedgerAnchor.Point point = newest();
    fixture.anchor.set(null);
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    fixture.store.restore(whole);
    fixture.anchor.set(new LedgerAnchor.Point(point.seq(), Hash256.sha256(new byte[1])));
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    fixture.anchor.set(point);
    fixture.store.restore(new InMemoryVaultStore().snapshot());
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-15: a row that was edited, swapped or made by hand breaks the chain")
  void a_broken_chain_is_refused() {
    LedgerRow last = rows().getLast();
    LedgerEntry entry = last.entry();
    LedgerEntry next =
        new LedgerEntry(
            entry.seq() + 1,
            last.mac(),
            entry.atMillis(),
            entry.event(),
            entry.subject(),
            entry.seq(),
            10,
            0,
            entry.detail(),
            entry.stateHash());
    fixture.tamper(rows -> rows.append(new LedgerRow(next, last.mac())));

    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(fixture.vault.closedBecause().orElseThrow()).contains("not in its chain");
  }

  @Test
  @DisplayName("HK1-V-20: a head that was signed and is not there any more seals the vault")
  void a_regress_seen_by_a_client_seals() {
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    LedgerAnchor.Point anchored = newest();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(earlier);
    fixture.anchor.set(anchored);
    fixture.restart();
    TestDevice other = fixture.device("bob");
    assertThat(other.attemptsLeft()).as("token and store restored: nobody knows yet").isEqualTo(10);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(refusal(other.witness(1, Hash256.ZERO))).isEqualTo(VaultRefusal.SEALED);
    fixture.restart();
    other.lastHead = new byte[0];
    assertThat(refusal(other.witness(1, Hash256.ZERO)))
        .as("the alarm is written down")
        .isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-20: a head that the vault did not sign says nothing")
  void a_forged_head_seals_nothing() throws Exception {
    LedgerHead real = LedgerHead.parse(device.lastHead);
    device.lastHead = new LedgerHead(real.seq() + 9, real.mac(), real.signature()).encode();
    assertThat(device.attemptsLeft()).isEqualTo(10);
    device.lastHead = new byte[7];
    assertThat(refusedStart()).isEqualTo(VaultRefusal.MALFORMED);

    assertThat(fixture.device("bob").attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-16: without anchor or root nothing is charged, and it goes on afterwards")
  void outages_charge_nothing() {
    fixture.root.unavailable = true;
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(fixture.vault.ready()).isFalse();
    fixture.root.unavailable = false;
    assertThat(device.attemptsLeft()).isEqualTo(10);

    fixture.anchor.failing = true;
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.anchor.failing = false;
    assertThat(device.attemptsLeft())
        .as("a charge that was committed before the anchor went away stays, once")
        .isEqualTo(9);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-16: a clock set back stops the vault until it is right again")
  void a_clock_set_back_stops_it() {
    fixture.clock.advance(VaultLimits.CLOCK_STEP.negated());
    assertThat(device.attemptsLeft()).isEqualTo(10);
    fixture.clock.advance(Duration.ofSeconds(-1));
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.clock.advance(Duration.ofSeconds(3));
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-16: transactions that wait are anchored together")
  void groups_share_an_anchor() throws Exception {
    List<TestDevice> devices =
        IntStream.range(0, 24).mapToObj(i -> fixture.device("employee" + i)).toList();
    int before = fixture.anchor.raised;
    CountDownLatch go = new CountDownLatch(1);
    List<Future<VaultReply>> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(devices.size())) {
      for (TestDevice one : devices) {
        replies.add(
            threads.submit(
                () -> {
                  go.await();
                  return one.witness(1, Hash256.ZERO);
                }));
      }
      go.countDown();
    }
    for (Future<VaultReply> reply : replies) {
      assertThat(reply.get()).isInstanceOf(VaultReply.Done.class);
    }
    assertThat(fixture.anchor.raised - before).isBetween(1, devices.size());
    assertThat(fixture.anchor.highest()).isEqualTo(newest());
  }

  @Test
  @DisplayName("HK1-V-16: another process that wrote on is noticed at the anchor: no answer")
  void a_vault_that_lost_the_ledger_answers_nothing() {
    LedgerRow last = rows().getLast();
    fixture.anchor.set(new LedgerAnchor.Point(last.seq() + 5, Hash256.sha256(new byte[2])));

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(fixture.root.evaluations()).isEqualTo(1);
  }

  @Test
  @DisplayName("HK1-V-15: a checkpoint bounds the replay and is itself vouched for")
  void checkpoints_are_verified() {
    fixture.vault.rest();
    byte[] note = fixture.store.transact(rows -> rows.note("checkpoint").orElseThrow());
    device.start(registered.credId(), WRONG);
    fixture.restart();
    assertThat(device.attemptsLeft()).isEqualTo(9);

    byte[] flipped = note.clone();
    flipped[flipped.length / 2] ^= 1;
    for (byte[] bad : List.of(flipped, new byte[3])) {
      fixture.tamper(rows -> rows.putNote("checkpoint", bad));
      fixture.restart();
      assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
      fixture.tamper(rows -> rows.removeNote("sealed"));
    }
    fixture.tamper(rows -> rows.putNote("checkpoint", note));
    fixture.restart();
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-15: a checkpoint of a longer ledger is no checkpoint of this one")
  void a_checkpoint_of_another_time_is_refused() {
    InMemoryVaultStore.StoreSnapshot before = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.vault.rest();
    byte[] later = fixture.store.transact(rows -> rows.note("checkpoint").orElseThrow());
    fixture.store.restore(before);
    fixture.tamper(rows -> rows.putNote("checkpoint", later));

    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-16: a witness notices when store and anchor are restored together")
  void a_witness_notices_store_and_anchor_restored_together(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("ledger.witness");
    fixture.witness = new FileLedgerWitness(file);
    fixture.restart();
    device.start(registered.credId(), WRONG);
    assertThat(Files.readAllLines(file)).hasSize(rows().size());
    InMemoryVaultStore.StoreSnapshot earlier = fixture.store.snapshot();
    LedgerAnchor.Point anchored = newest();
    device.start(registered.credId(), WRONG);
    Files.writeString(file, "cut sho", StandardOpenOption.APPEND);
    fixture.restart();
    assertThat(device.start(registered.credId(), WRONG).done().attemptsLeft()).isEqualTo(7);
    assertThat(Files.readAllLines(file)).hasSize(rows().size());

    fixture.store.restore(earlier);
    fixture.anchor.set(anchored);
    fixture.restart();

    assertThat(refusal(fixture.device("bob").witness(1, Hash256.ZERO)))
        .isEqualTo(VaultRefusal.SEALED);
    assertThat(fixture.vault.closedBecause().orElseThrow()).contains("witness");
  }

  @Test
  @DisplayName("HK1-V-16: a witness that is configured and cannot be written stops the answers")
  void a_lost_witness_stops_the_answers(@TempDir Path directory) throws Exception {
    fixture.witness = new FileLedgerWitness(directory.resolve("no").resolve("such.witness"));
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    Path spoiled = Files.writeString(directory.resolve("spoiled"), "no row\n");
    fixture.witness = new FileLedgerWitness(spoiled);
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
  }
}
