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
    return world.store.transact(rows -> List.copyOf(rows.rows(0, 1000)));
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
      assertThat(world.anchor.highest()).isEqualTo(newest());
      LedgerHead head = LedgerHead.parse(device.lastHead);
      assertThat(new LedgerAnchor.Point(head.seq(), head.mac())).isEqualTo(newest());
    }
  }

  @Test
  @DisplayName("HK1-V-15: rows are numbered without gaps and chained, over all and by employee")
  void rows_are_chained() {
    world.device("bob").register(PASSWORD);
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
    world.anchor.set(before);

    world.restart();

    assertThat(device.attemptsLeft()).isEqualTo(9);
    assertThat(world.anchor.highest()).isEqualTo(newest());
  }

  @Test
  @DisplayName("HK1-V-16: yesterday's database is refused, and stays refused after a restart")
  void a_restored_store_is_refused() {
    InMemoryVaultStore.StoreSnapshot yesterday = world.store.snapshot();
    for (int i = 0; i < 9; i++) {
      device.start(registered.credId(), WRONG);
    }
    world.store.restore(yesterday);
    int evaluations = world.root.evaluations();

    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(world.vault.ready()).isFalse();
    assertThat(world.vault.sealedBecause().orElseThrow()).contains("anchor is at row");
    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(world.root.evaluations()).isEqualTo(evaluations);
  }

  @Test
  @DisplayName("HK1-V-16: a database restored under the running vault is refused too")
  void a_store_restored_under_the_vault_is_refused() {
    InMemoryVaultStore.StoreSnapshot earlier = world.store.snapshot();
    device.start(registered.credId(), WRONG);
    world.store.restore(earlier);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName(
      "HK1-V-16: what a restore under the running vault did not touch is not served either")
  void a_store_restored_under_the_vault_serves_nobody() {
    InMemoryVaultStore.StoreSnapshot earlier = world.store.snapshot();
    world.device("bob").witness(1, Hash256.ZERO);
    world.store.restore(earlier);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    assertThat(world.store.snapshot().lastSeq())
        .as("no row is written behind the gap")
        .isEqualTo(earlier.lastSeq());
  }

  @Test
  @DisplayName("HK1-V-16: an alarm that could not be written down keeps the vault closed as well")
  void an_alarm_that_was_not_written_down_holds() {
    InMemoryVaultStore.StoreSnapshot earlier = world.store.snapshot();
    device.start(registered.credId(), WRONG);
    world.store.restore(earlier);
    world.restart();
    world.store.breakAt(FailureMoment.BEFORE_COMMIT, 2, FailureEffect.OUTAGE);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    assertThat(world.store.snapshot().hasNote("sealed")).isFalse();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-16: an emptied store, a lost anchor and a forked ledger are refused")
  void nothing_and_forks_are_refused() {
    InMemoryVaultStore.StoreSnapshot whole = world.store.snapshot();
    LedgerAnchor.Point point = newest();
    world.anchor.set(null);
    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    world.store.restore(whole);
    world.anchor.set(new LedgerAnchor.Point(point.seq(), Hash256.sha256(new byte[1])));
    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    world.anchor.set(point);
    world.store.restore(new InMemoryVaultStore().snapshot());
    world.restart();
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
    world.tamper(rows -> rows.append(new LedgerRow(next, last.mac())));

    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(world.vault.sealedBecause().orElseThrow()).contains("not in its chain");
  }

  @Test
  @DisplayName("HK1-V-20: a head that was signed and is not there any more seals the vault")
  void a_regress_seen_by_a_client_seals() {
    InMemoryVaultStore.StoreSnapshot earlier = world.store.snapshot();
    LedgerAnchor.Point anchored = newest();
    device.start(registered.credId(), WRONG);
    world.store.restore(earlier);
    world.anchor.set(anchored);
    world.restart();
    TestDevice other = world.device("bob");
    assertThat(other.attemptsLeft()).as("token and store restored: nobody knows yet").isEqualTo(10);

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(refusal(other.witness(1, Hash256.ZERO))).isEqualTo(VaultRefusal.SEALED);
    world.restart();
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

    assertThat(world.device("bob").attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-16: without anchor or root nothing is charged, and it goes on afterwards")
  void outages_charge_nothing() {
    world.root.away = true;
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(world.vault.ready()).isFalse();
    world.root.away = false;
    assertThat(device.attemptsLeft()).isEqualTo(10);

    world.anchor.failing = true;
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    world.anchor.failing = false;
    assertThat(device.attemptsLeft())
        .as("a charge that was committed before the anchor went away stays, once")
        .isEqualTo(9);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-16: a clock set back stops the vault until it is right again")
  void a_clock_set_back_stops_it() {
    world.clock.advance(Duration.ofSeconds(-1));
    assertThat(device.attemptsLeft()).isEqualTo(10);
    world.clock.advance(Duration.ofSeconds(-10));
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    world.clock.advance(Duration.ofSeconds(11));
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-16: units that wait are anchored together")
  void groups_share_an_anchor() throws Exception {
    List<TestDevice> devices =
        IntStream.range(0, 24).mapToObj(i -> world.device("employee" + i)).toList();
    int before = world.anchor.raised;
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
    assertThat(world.anchor.raised - before).isBetween(1, devices.size());
    assertThat(world.anchor.highest()).isEqualTo(newest());
  }

  @Test
  @DisplayName("HK1-V-16: another process that wrote on is noticed at the anchor: no answer")
  void a_vault_that_lost_the_ledger_answers_nothing() {
    LedgerRow last = rows().getLast();
    world.anchor.set(new LedgerAnchor.Point(last.seq() + 5, Hash256.sha256(new byte[2])));

    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(world.root.evaluations()).isEqualTo(1);
  }

  @Test
  @DisplayName("HK1-V-15: a checkpoint bounds the replay and is itself vouched for")
  void checkpoints_are_verified() {
    world.vault.rest();
    byte[] note = world.store.transact(rows -> rows.note("checkpoint").orElseThrow());
    device.start(registered.credId(), WRONG);
    world.restart();
    assertThat(device.attemptsLeft()).isEqualTo(9);

    byte[] flipped = note.clone();
    flipped[flipped.length / 2] ^= 1;
    for (byte[] bad : List.of(flipped, new byte[3])) {
      world.tamper(rows -> rows.putNote("checkpoint", bad));
      world.restart();
      assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
      world.tamper(rows -> rows.removeNote("sealed"));
    }
    world.tamper(rows -> rows.putNote("checkpoint", note));
    world.restart();
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-15: a checkpoint of a longer ledger is no checkpoint of this one")
  void a_checkpoint_of_another_time_is_refused() {
    InMemoryVaultStore.StoreSnapshot before = world.store.snapshot();
    device.start(registered.credId(), WRONG);
    world.vault.rest();
    byte[] later = world.store.transact(rows -> rows.note("checkpoint").orElseThrow());
    world.store.restore(before);
    world.tamper(rows -> rows.putNote("checkpoint", later));

    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-16: a witness notices when store and anchor are restored together")
  void a_witness_notices_store_and_anchor_restored_together(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("ledger.witness");
    world.witness = new FileLedgerWitness(file);
    world.restart();
    device.start(registered.credId(), WRONG);
    assertThat(Files.readAllLines(file)).hasSize(rows().size());
    InMemoryVaultStore.StoreSnapshot earlier = world.store.snapshot();
    LedgerAnchor.Point anchored = newest();
    device.start(registered.credId(), WRONG);
    Files.writeString(file, "cut sho", StandardOpenOption.APPEND);
    world.restart();
    assertThat(device.start(registered.credId(), WRONG).done().attemptsLeft()).isEqualTo(7);
    assertThat(Files.readAllLines(file)).hasSize(rows().size());

    world.store.restore(earlier);
    world.anchor.set(anchored);
    world.restart();

    assertThat(refusal(world.device("bob").witness(1, Hash256.ZERO)))
        .isEqualTo(VaultRefusal.SEALED);
    assertThat(world.vault.sealedBecause().orElseThrow()).contains("witness");
  }

  @Test
  @DisplayName("HK1-V-16: a witness that is configured and cannot be written stops the answers")
  void a_lost_witness_stops_the_answers(@TempDir Path directory) throws Exception {
    world.witness = new FileLedgerWitness(directory.resolve("no").resolve("such.witness"));
    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    Path spoiled = Files.writeString(directory.resolve("spoiled"), "no row\n");
    world.witness = new FileLedgerWitness(spoiled);
    world.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
  }
}
