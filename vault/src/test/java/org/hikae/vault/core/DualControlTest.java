package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians.Statement;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerWitness;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RefusalException;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.witness.FileLedgerWitness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes two people. */
@DisplayName("HK1-V-22: two keepers")
class DualControlTest extends RegisteredVaultTestBase {

  private SigningKey first;
  private SigningKey second;
  private Custodians custodians;

  @BeforeEach
  void open() throws Exception {
    first = SigningKey.generate(fixture.random);
    second = SigningKey.generate(fixture.random);
    byte[] one = first.publicKey().encode();
    byte[] two = second.publicKey().encode();
    byte[] signature = fixture.vaultRoot.sign(Custodians.transcript(VaultFixture.TENANT, one, two));
    custodians =
        Custodians.parse(
            new Custodians(VaultFixture.TENANT, one, two, signature).encode(),
            fixture.card.rootKey());
  }

  private DualControl dualControl() {
    return fixture.vault.dualControl(custodians);
  }

  private void reopen() throws CryptoException {
    Statement statement = dualControl().reopeningStatement();
    dualControl().reopen(first.sign(statement.transcript()), second.sign(statement.transcript()));
  }

  @Test
  @DisplayName(
      "HK1-V-22: a restored store is reopened; one attempt is left, and the receipts say so")
  void a_restored_store_is_reopened() throws Exception {
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    TestDevice bob = fixture.device("bob");
    bob.register(PASSWORD);
    for (int i = 0; i < 4; i++) {
      device.start(registered.credId(), WRONG);
    }
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    fixture.store.restore(yesterday);
    fixture.restart();
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.SEALED);

    reopen();

    assertThat(fixture.anchor.highest().seq()).isGreaterThan(anchored.seq());
    assertThat(device.attemptsLeft()).isEqualTo(1);
    assertThat(device.events()).endsWith(VaultEvent.RESTORED);
    assertThat(bob.status().record().state())
        .as("bob's record was lost with the day, his head is of the gap")
        .isEqualTo(RecordState.NONE);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    fixture.restart();
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-22: after a reopening one wrong password locks")
  void one_wrong_password_locks_after_a_reopening() throws Exception {
    fixture.anchor.set(null);
    fixture.restart();
    reopen();

    assertThat(device.start(registered.credId(), WRONG).done().attemptsLeft()).isZero();
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(device.status().record().state()).isEqualTo(RecordState.LOCKED);
  }

  @Test
  @DisplayName(
      "HK1-V-22: one signature, the same twice, or one of another standing reopens nothing")
  void both_signatures_over_what_stands_here_are_needed() {
    LedgerAnchor.Point before = fixture.anchor.highest();
    fixture.anchor.set(new LedgerAnchor.Point(before.seq() + 1, Hash256.ZERO));
    fixture.restart();
    Statement statement = dualControl().reopeningStatement();
    Statement other = reopening(1, 2, null);
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());

    assertThatThrownBy(() -> dualControl().reopen(one, one)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> dualControl().reopen(two, two)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(
            () ->
                dualControl()
                    .reopen(first.sign(other.transcript()), second.sign(other.transcript())))
        .isInstanceOf(CryptoException.class);
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.SEALED);
  }

  @Test
  @DisplayName("HK1-V-22: keepers are two, and the vault root's")
  void keepers_are_two_and_the_roots() {
    byte[] one = first.publicKey().encode();
    SigningKey foreignRoot = SigningKey.generate(fixture.random);

    assertThatThrownBy(
            () ->
                new Custodians(
                    VaultFixture.TENANT, one, one, new byte[Hk1Constants.SIGNATURE_BYTES]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Custodians.parse(custodians.encode(), foreignRoot.publicKey().encode()))
        .isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> Custodians.parse(new byte[3], fixture.card.rootKey()))
        .isInstanceOf(MalformedException.class);
    byte[] longer = Arrays.copyOf(custodians.encode(), custodians.encode().length + 1);
    assertThatThrownBy(() -> Custodians.parse(longer, fixture.card.rootKey()))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  @DisplayName("HK1-V-22: the root signs a company and both keepers")
  void what_the_root_signs_names_all_three() {
    byte[] one = custodians.first();
    byte[] two = custodians.second();
    byte[] stranger = SigningKey.generate(fixture.random).publicKey().encode();
    byte[] signature = custodians.signature();
    for (Custodians other :
        List.of(
            new Custodians("another company", one, two, signature),
            new Custodians(VaultFixture.TENANT, stranger, two, signature),
            new Custodians(VaultFixture.TENANT, one, stranger, signature))) {
      assertThatThrownBy(() -> Custodians.parse(other.encode(), fixture.card.rootKey()))
          .isInstanceOf(CryptoException.class);
    }
  }

  @Test
  @DisplayName("HK1-V-22: administrators' deletion is announced for 30 days, shown, and vetoed")
  void an_administrative_delete_is_announced_and_vetoed() throws Exception {
    Hash256 alice = VaultFixture.employee("alice");
    Statement statement = dualControl().deletionStatement(alice).orElseThrow();
    long due =
        dualControl()
            .delete(alice, first.sign(statement.transcript()), second.sign(statement.transcript()));

    assertThat(due)
        .isEqualTo(fixture.clock.instant().plus(VaultLimits.ADMIN_DELAY).getEpochSecond());
    assertThat(device.status().announced().what()).isEqualTo(Announcement.ADMIN_DELETE);
    assertThat(device.status().receipts().getLast().entry().dueSeconds()).isEqualTo(due);
    device.receipt(device.order(Order.VETO, new byte[0]));
    fixture.clock.advance(VaultLimits.ADMIN_DELAY);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-22: an administrative delete that nobody vetoes is done")
  void an_administrative_delete_is_done() throws Exception {
    Hash256 alice = VaultFixture.employee("alice");
    Statement statement = dualControl().deletionStatement(alice).orElseThrow();
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());
    assertThatThrownBy(() -> dualControl().delete(alice, two, one))
        .isInstanceOf(CryptoException.class);
    dualControl().delete(alice, one, two);
    assertThatThrownBy(() -> dualControl().delete(alice, one, two))
        .isInstanceOf(RefusalException.class);
    fixture.clock.advance(VaultLimits.ADMIN_DELAY);
    fixture.vault.sweep();

    assertThat(device.status().record().state()).isEqualTo(RecordState.RETIRED);
    assertThat(dualControl().deletionStatement(alice)).isEmpty();
    assertThatThrownBy(() -> dualControl().delete(alice, one, two))
        .isInstanceOf(RefusalException.class);
  }

  @Test
  @DisplayName("HK1-V-22: a keeper's program signs these two statements and nothing else")
  void statements_are_two() throws Exception {
    Statement reopening = reopening(3, 5, new LedgerAnchor.Point(7, Hash256.ZERO));
    Statement deletion =
        Statement.deletion(VaultFixture.TENANT, VaultFixture.employee("alice"), Hash256.ZERO, 9);
    for (Statement statement : List.of(reopening, reopening(3, 0, null), deletion)) {
      Statement read = Statement.parse(statement.transcript().toBytes());
      assertThat(read.words()).isEqualTo(statement.words());
      assertThat(read.transcript().toBytes()).isEqualTo(statement.transcript().toBytes());
    }
    assertThat(reopening.words())
        .contains("row 3")
        .contains("row 5")
        .contains("row 7")
        .contains("2026-11-24");
    byte[] card = fixture.card.card();
    assertThatThrownBy(() -> Statement.parse(card)).isInstanceOf(MalformedException.class);
    byte[] noDay = reopening.transcript().toBytes();
    noDay[noDay.length - Long.BYTES] = 1;
    assertThatThrownBy(() -> Statement.parse(noDay)).isInstanceOf(MalformedException.class);
    byte[] longer = Arrays.copyOf(noDay, noDay.length + 1);
    longer[noDay.length - Long.BYTES] = 0;
    assertThatThrownBy(() -> Statement.parse(longer)).isInstanceOf(MalformedException.class);
    long lastDay = LocalDate.of(9999, 12, 31).toEpochDay();
    assertThat(Statement.parse(onDay(lastDay)).words()).contains("9999-12-31");
    assertThatThrownBy(() -> Statement.parse(onDay(lastDay + 1)))
        .isInstanceOf(MalformedException.class);
  }

  private static byte[] onDay(long day) {
    LedgerAnchor.Point last = new LedgerAnchor.Point(3, Hash256.ZERO);
    return Statement.reopening(VaultFixture.TENANT, last, null, null, day).transcript().toBytes();
  }

  private Statement reopening(long last, long anchored, LedgerAnchor.@Nullable Point seen) {
    return Statement.reopening(
        VaultFixture.TENANT,
        new LedgerAnchor.Point(last, Hash256.ZERO),
        anchored == 0 ? null : new LedgerAnchor.Point(anchored, Hash256.ZERO),
        seen,
        LocalDate.ofInstant(fixture.clock.instant(), ZoneOffset.UTC).toEpochDay());
  }

  @Test
  @DisplayName("HK1-V-22: a record that the old copy has as PENDING keeps one attempt too")
  void a_record_exposed_after_the_copy_keeps_one_attempt() throws Exception {
    TestDevice bob = fixture.device("bob");
    Registered pending = bob.registerPending(PASSWORD);
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    byte[] expose = bob.expose(pending.credId(), pending.pending()).encode();
    bob.send(VaultMessageType.EXPOSE, expose);
    for (int i = 0; i < 9; i++) {
      bob.start(pending.credId(), WRONG);
    }
    fixture.store.restore(yesterday);
    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();
    reopen();

    bob.send(VaultMessageType.EXPOSE, expose);

    assertThat(bob.start(pending.credId(), WRONG).done().attemptsLeft()).isZero();
  }

  @Test
  @DisplayName(
      "HK1-V-22: a reopening holds for the other process too, also if it had closed itself")
  void the_other_process_serves_after_a_reopening() throws Exception {
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(yesterday);
    VaultCore closed = fixture.vault;
    assertThat(closed.ready()).as("the store was set back under it").isFalse();
    assertThat(closed.ready()).as("while nobody has reopened it").isFalse();
    fixture.store.loseLease();
    fixture.comeBack();
    reopen();
    assertThat(closed.ready()).as("the other process serves").isFalse();
    fixture.store.loseLease();

    assertThat(closed.ready()).isTrue();
    assertThat(closed.closedBecause()).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-22: after a reopening a witness that has seen more is content")
  void a_witness_accepts_what_was_reopened(@TempDir Path directory) throws Exception {
    fixture.witness = new FileLedgerWitness(directory.resolve("witness"));
    fixture.restart();
    TestDevice keyOnly = fixture.device("carol");
    keyOnly.witness(1, Hash256.ZERO);
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    device.start(registered.credId(), WRONG);
    device.start(registered.credId(), WRONG);
    fixture.store.restore(yesterday);
    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();
    assertThat(fixture.vault.ready()).isFalse();

    LedgerWitness before = fixture.witness;
    fixture.witness = null;
    fixture.restart();
    reopen();
    fixture.witness = before;
    fixture.restart();

    assertThat(device.attemptsLeft()).isEqualTo(1);
    assertThat(keyOnly.events()).endsWith(VaultEvent.RESTORED);
  }
}
