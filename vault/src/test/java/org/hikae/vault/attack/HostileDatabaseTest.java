package org.hikae.vault.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.core.Custodians.Statement;
import org.hikae.vault.core.DualControl;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.LedgerRow;
import org.hikae.vault.testing.LedgerTamperingStore;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultEventPage;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.hikae.vault.witness.FileLedgerWitness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever can write the vault's tables, set its host's clock, put back copies, or has signatures
 * that the custodians once made.
 */
@DisplayName("HK1-V-33 to V-39: a hostile database, clock and operator")
class HostileDatabaseTest extends RegisteredVaultTestBase {

  private SigningKey first;
  private SigningKey second;
  private Custodians custodians;

  @BeforeEach
  void open() {
    first = SigningKey.generate(fixture.random);
    second = SigningKey.generate(fixture.random);
    custodians =
        new Custodians(
            VaultFixture.TENANT,
            first.publicKey().encode(),
            second.publicKey().encode(),
            new byte[Hk1Constants.SIGNATURE_BYTES]);
  }

  private DualControl dualControl() {
    return fixture.vault.dualControl(custodians);
  }

  private Statement reopen() throws CryptoException {
    Statement statement = dualControl().reopeningStatement();
    dualControl().reopen(first.sign(statement.transcript()), second.sign(statement.transcript()));
    return statement;
  }

  private VaultRefusal refusedStart() {
    return refusal(device.start(registered.credId(), PASSWORD).reply());
  }

  // Rollback of database and anchor together.

  @Test
  @DisplayName("HK1-V-33: both put back: after the ceremony every device is served again")
  void a_rollback_of_database_and_anchor_is_repaired_for_every_device() throws Exception {
    TestDevice bob = fixture.device("bob");
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    device.start(registered.credId(), WRONG);
    bob.witness(1, Hash256.ZERO);
    byte[] bobSaw = bob.lastHead;
    byte[] aliceSaw = device.lastHead;
    long lost = fixture.anchor.highest().seq();
    fixture.store.restore(yesterday);
    fixture.anchor.set(anchored);
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(refusal(bob.witness(2, Hash256.ZERO))).isEqualTo(VaultRefusal.SEALED);

    Statement statement = reopen();

    assertThat(statement.words()).contains("has seen row " + lost);
    // Devices keep the newest head that they have seen.
    bob.lastHead = bobSaw;
    device.lastHead = aliceSaw;
    assertThat(bob.witness(2, Hash256.ZERO)).isInstanceOf(VaultReply.Done.class);
    assertThat(device.attemptsLeft()).isEqualTo(1);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    fixture.restart();
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-33: the same when the vault had written on past what the device has seen")
  void a_rollback_that_was_written_over_is_repaired_for_every_device() throws Exception {
    TestDevice bob = fixture.device("bob");
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    bob.witness(1, Hash256.ZERO);
    device.start(registered.credId(), WRONG);
    byte[] aliceSaw = device.lastHead;
    fixture.store.restore(yesterday);
    fixture.anchor.set(anchored);
    fixture.restart();
    TestDevice carol = fixture.device("carol");
    Registered carols = carol.register(PASSWORD);
    for (int i = 1; i < 9; i++) {
      carol.witness(i, Hash256.ZERO);
    }
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);
    assertThat(refusal(carol.witness(9, Hash256.ZERO))).isEqualTo(VaultRefusal.SEALED);

    assertThat(reopen().words()).contains("has seen row");

    device.lastHead = aliceSaw;
    assertThat(device.attemptsLeft()).as("the device that closed it").isEqualTo(1);
    assertThat(bob.witness(2, Hash256.ZERO))
        .as("a device that saw less of what was lost")
        .isInstanceOf(VaultReply.Done.class);
    assertThat(carol.login(carols.credId(), PASSWORD)).isEqualTo(carols.wrap());
  }

  @Test
  @DisplayName("HK1-V-33: signatures of a reopening do not serve again when all is put back again")
  void signatures_of_a_reopening_end_with_their_week() throws Exception {
    LedgerAnchor.Point before = fixture.anchor.highest();
    fixture.anchor.set(new LedgerAnchor.Point(before.seq() + 1, Hash256.ZERO));
    fixture.restart();
    InMemoryVaultStore.StoreSnapshot closed = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    Statement statement = dualControl().reopeningStatement();
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());
    fixture.clock.advance(VaultLimits.STATEMENT_AGE);
    dualControl().reopen(one, two);
    assertThat(device.attemptsLeft()).isEqualTo(1);

    fixture.store.restore(closed);
    fixture.anchor.set(anchored);
    fixture.clock.advance(Duration.ofDays(1));
    fixture.restart();

    assertThatThrownBy(() -> dualControl().reopen(one, two)).isInstanceOf(CryptoException.class);
  }

  @Test
  @DisplayName("HK1-V-33: what the witness alone has seen is given up as well")
  void a_rollback_that_the_witness_has_seen_is_repaired(@TempDir Path directory) throws Exception {
    fixture.witness = new FileLedgerWitness(directory.resolve("witness"));
    fixture.restart();
    device.start(registered.credId(), WRONG);
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    fixture.device("bob").witness(1, Hash256.ZERO);
    fixture.store.restore(yesterday);
    fixture.anchor.set(anchored);
    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();

    reopen();

    assertThat(device.attemptsLeft()).isEqualTo(1);
    fixture.restart();
    assertThat(fixture.vault.ready()).isTrue();
  }

  // The seal.

  @Test
  @DisplayName("HK1-V-33: who deletes the note of the alarm opens nothing, here and elsewhere")
  void the_note_of_an_alarm_can_be_deleted_for_nothing() {
    InMemoryVaultStore.StoreSnapshot yesterday = fixture.store.snapshot();
    LedgerAnchor.Point anchored = fixture.anchor.highest();
    device.start(registered.credId(), WRONG);
    fixture.store.restore(yesterday);
    fixture.anchor.set(anchored);
    fixture.restart();
    assertThat(refusedStart()).isEqualTo(VaultRefusal.SEALED);

    fixture.tamper(
        rows -> {
          rows.removeNote("sealed");
          rows.removeNote("sealed-seen");
        });

    assertThat(fixture.vault.ready()).as("the running vault").isFalse();
    fixture.restart();
    assertThat(fixture.vault.ready()).as("after a start").isFalse();
    fixture.store.loseLease();
    fixture.comeBack();
    assertThat(fixture.vault.ready()).as("in another process").isFalse();
  }

  // Charges.

  @Test
  @DisplayName("HK1-V-08: an answered charge stays, though its row is deleted and the token fails")
  void an_answered_charge_stays_though_its_row_is_deleted() {
    int answered = 0;
    for (int i = 0; i < 12; i++) {
      byte[] loginId = device.fresh(16);
      ClientLogin login = device.startLogin(WRONG);
      byte[] start =
          new VaultPayload.LoginStart(loginId, registered.credId(), login.ke1().encode()).encode();
      VaultReply[] other = new VaultReply[1];
      fixture.root.beforeNextEvaluation(
          () -> {
            other[0] = device.send(VaultMessageType.LOGIN_START, start);
            Hash256 row =
                RecordSealer.loginId(
                    VaultFixture.employee("alice"),
                    fixture
                        .account("alice")
                        .attempt(org.hikae.vault.account.Id128.of(loginId))
                        .orElseThrow());
            fixture.tamper(rows -> rows.eraseSecret(row));
            fixture.root.failing = true;
          });
      device.send(VaultMessageType.LOGIN_START, start);
      fixture.root.failing = false;
      answered += other[0] instanceof VaultReply.Done ? 1 : 0;
    }

    assertThat(answered).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-08: who has read the ledger anew since a charge takes it not back")
  void a_process_that_read_anew_takes_no_charge_back() {
    TestDevice bob = fixture.device("bob");
    fixture.root.beforeNextEvaluation(
        () -> {
          // Another process may have served, and answered the same message.
          fixture.store.loseLease();
          bob.witness(1, Hash256.ZERO);
          bob.witness(1, Hash256.ZERO);
          fixture.root.failing = true;
        });
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.root.failing = false;
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: a charge that nobody answered is known as long as it can be answered")
  void an_old_charge_is_forgotten() {
    fixture.root.beforeNextEvaluation(
        () -> {
          throw new IllegalStateException("a defect here");
        });
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.clock.advance(VaultLimits.LOGIN_WINDOW.plusSeconds(1));
    fixture.root.failing = true;
    assertThat(refusedStart()).isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.root.failing = false;
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  // Rows.

  private LedgerTamperingStore lying() {
    LedgerTamperingStore lying = new LedgerTamperingStore(fixture.store);
    fixture.vault = fixture.another(lying, fixture.anchor);
    return lying;
  }

  private static UnaryOperator<List<LedgerRow>> saying(VaultEvent instead, VaultEvent of) {
    return rows -> rows.stream().map(row -> edited(row, instead, of)).toList();
  }

  private static LedgerRow edited(LedgerRow row, VaultEvent instead, VaultEvent of) {
    LedgerEntry entry = row.entry();
    return entry.event() != of
        ? row
        : new LedgerRow(
            new LedgerEntry(
                entry.seq(),
                entry.previous(),
                entry.atMillis(),
                instead,
                entry.subject(),
                entry.employeePrevious(),
                entry.attemptsLeft(),
                entry.dueSeconds(),
                entry.detail(),
                entry.stateHash()),
            row.mac());
  }

  private static UnaryOperator<List<LedgerRow>> without(VaultEvent event) {
    return rows -> {
      List<LedgerRow> left = new ArrayList<>(rows);
      left.removeIf(row -> row.entry().event() == event);
      return left;
    };
  }

  @Test
  @DisplayName("HK1-V-37: an edited row is not signed, shown or acted on, nor is a gap")
  void an_edited_row_is_never_signed() {
    device.login(registered.credId(), PASSWORD);
    device.witness(1, Hash256.ZERO);
    LedgerTamperingStore store = lying();
    assertThat(device.events()).contains(VaultEvent.OPENED);

    List<UnaryOperator<List<LedgerRow>>> lies =
        List.of(saying(VaultEvent.RETIRED, VaultEvent.OPENED), without(VaultEvent.OPENED));
    for (UnaryOperator<List<LedgerRow>> lie : lies) {
      store.lie = lie;
      VaultReply status =
          device.send(
              VaultMessageType.STATUS, new VaultPayload.Status(device.fresh(16), 0).encode());
      assertThat(status).isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
      assertThat(fixture.vault.eventsAfter(0)).isEqualTo(VaultEventPage.notNow(0));
    }

    store.lie = saying(VaultEvent.RETIRED, VaultEvent.ACTIVE);
    byte[] expose = device.expose(registered.credId(), registered.pending()).encode();
    assertThat(device.send(VaultMessageType.EXPOSE, expose))
        .isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
    store.lie = UnaryOperator.identity();
    Receipt again = device.receipt(device.send(VaultMessageType.EXPOSE, expose));
    assertThat(again.entry().event()).isEqualTo(VaultEvent.ACTIVE);
  }

  // The clock.

  @Test
  @DisplayName("HK1-V-35: a clock set a year ahead carries nothing out, and back again all goes on")
  void a_clock_set_ahead_carries_nothing_out() {
    assertThat(device.order(Order.DELETE, new byte[0])).isInstanceOf(VaultReply.Done.class);
    device.hear();
    fixture.clock.jump(Duration.ofDays(365));
    fixture.vault.sweep();
    fixture.vault.sweep();
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    fixture.device("bob").witness(1, Hash256.ZERO);
    fixture.restart();
    fixture.vault.sweep();
    assertThat(device.status().record().state())
        .as("also at a start")
        .isEqualTo(RecordState.ACTIVE);
    fixture.clock.advance(Duration.ofHours(1));

    fixture.clock.jump(Duration.ofDays(-365));

    StatusDone status = device.status();
    assertThat(status.record().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    assertThat(device.status().record().state()).as("by then").isEqualTo(RecordState.RETIRED);
  }

  @Test
  @DisplayName("HK1-V-35: rows of a year ahead, from before: two keepers set the time right")
  void two_keepers_set_the_time_right() throws Exception {
    VaultFixture ahead = new VaultFixture();
    ahead.clock.jump(Duration.ofDays(365));
    ahead.restart();
    TestDevice bob = ahead.device("bob");
    Registered bobs = bob.register(PASSWORD);
    for (int i = 0; i < 3; i++) {
      bob.start(bobs.credId(), WRONG);
    }
    bob.order(Order.DELETE, new byte[0]);
    bob.hear();
    ahead.clock.jump(Duration.ofDays(-365));
    assertThat(refusal(bob.start(bobs.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.UNAVAILABLE);

    DualControl dualControl = ahead.vault.dualControl(custodians);
    Statement statement = dualControl.reopeningStatement();
    dualControl.reopen(first.sign(statement.transcript()), second.sign(statement.transcript()));

    assertThat(statement.words()).contains("that clock says 2026-11-24");
    assertThat(bob.login(bobs.credId(), PASSWORD)).isEqualTo(bobs.wrap());
    long due = bob.status().announced().dueSeconds();
    assertThat(due)
        .as("it waits as long as it would have")
        .isEqualTo(ahead.clock.instant().plus(VaultLimits.OWNER_DELAY).getEpochSecond());
    bob.order(Order.VETO, new byte[0]);
    ahead.restart();
    assertThat(bob.login(bobs.credId(), PASSWORD)).isEqualTo(bobs.wrap());
    ahead.close();
  }

  // Custodians' signatures.

  @Test
  @DisplayName("HK1-V-39: what two keepers signed to delete a record serves once")
  void signatures_of_a_deletion_serve_once() throws Exception {
    Hash256 alice = VaultFixture.employee("alice");
    Statement statement = dualControl().deletionStatement(alice).orElseThrow();
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());
    device.witness(1, Hash256.ZERO);
    dualControl().delete(alice, one, two);
    device.receipt(device.order(Order.VETO, new byte[0]));

    assertThatThrownBy(() -> dualControl().delete(alice, one, two))
        .isInstanceOf(CryptoException.class);

    assertThat(device.status().announced()).isEqualTo(StatusDone.Announced.NOTHING);
    Statement next = dualControl().deletionStatement(alice).orElseThrow();
    dualControl().delete(alice, first.sign(next.transcript()), second.sign(next.transcript()));
    device.receipt(device.order(Order.VETO, new byte[0]));
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }
}
