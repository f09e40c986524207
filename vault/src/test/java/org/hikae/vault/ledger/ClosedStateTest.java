package org.hikae.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.Transcript;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.core.Custodians;
import org.hikae.vault.core.DualControl;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.hikae.vault.port.LedgerAnchor;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.testing.LedgerTamperingStore;
import org.hikae.vault.testing.RecordedLog;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerHead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How an alarm that only somebody outside could raise is kept. */
@DisplayName("HK1-V-33: what was seen is kept with the anchor")
class ClosedStateTest {

  private static final Hash256 SOME = Hash256.sha256(new byte[] {1});

  private VaultFixture fixture;
  private TestDevice device;
  private Ledger ledger;
  private ClosedState closedState;
  private SigningKey first;
  private SigningKey second;

  @BeforeEach
  void open() {
    fixture = new VaultFixture();
    device = fixture.device("alice");
    Registered registered = device.register("twelve characters");
    assertThat(registered.exposed()).isNotNull();
    ledger = new Ledger(fixture.root, VaultFixture.TENANT);
    fixture.tamper(ledger::load);
    closedState = new ClosedState(fixture.store, fixture.anchor);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Custodians custodians() {
    first = SigningKey.generate(fixture.random);
    second = SigningKey.generate(fixture.random);
    return new Custodians(
        VaultFixture.TENANT,
        first.publicKey().encode(),
        second.publicKey().encode(),
        new byte[Hk1Constants.SIGNATURE_BYTES]);
  }

  private LedgerAnchor.Point ahead(long by) {
    return new LedgerAnchor.Point(ledger.seq() + by, SOME);
  }

  private void closeFor(LedgerAnchor.Point seen) {
    closedState.close(new VaultClosedException("seen", seen), ledger);
  }

  private LedgerHead head(long by) {
    return new LedgerHead(ledger.seq() + by, SOME, new byte[Hk1Constants.SIGNATURE_BYTES]);
  }

  private LedgerAnchor.Point highest() {
    return Objects.requireNonNull(fixture.anchor.highest());
  }

  private Optional<LedgerAnchor.Point> seen() {
    return fixture.store.transact(
        rows -> Optional.ofNullable(ClosedState.seen(rows, fixture.anchor.highest())));
  }

  @Test
  void the_anchor_is_raised_to_a_row_that_lies_ahead() {
    closeFor(ahead(5));
    assertThat(highest()).isEqualTo(ahead(5));
    assertThat(seen()).contains(ahead(5));
    assertThat(closedState.isReopenedElsewhere()).isFalse();
    closedState.close(new VaultClosedException("later"), ledger);
    assertThat(closedState.reason()).as("the first reason").isEqualTo("seen");
  }

  @Test
  void where_another_row_stands_in_its_place_a_mark_is_anchored() {
    closeFor(ahead(-1));
    assertThat(highest().seq()).isEqualTo(ledger.seq() + 1);
    assertThat(seen()).contains(ahead(-1));
  }

  @Test
  void a_row_too_far_ahead_comes_of_a_stolen_key_and_is_not_gone_beyond() {
    closeFor(ahead(VaultLimits.REOPENING_GAP + 1));
    assertThat(highest().seq()).isEqualTo(ledger.seq() + 1);
    closedState.learn(head(2 * VaultLimits.REOPENING_GAP), ledger);
    assertThat(highest().seq()).isEqualTo(ledger.seq() + 1);
  }

  @Test
  void a_row_as_far_ahead_as_a_reopening_leaves_room_is_anchored_itself() {
    closeFor(ahead(VaultLimits.REOPENING_GAP));
    assertThat(highest()).isEqualTo(ahead(VaultLimits.REOPENING_GAP));
    closedState.learn(head(2 * VaultLimits.REOPENING_GAP), ledger);
    assertThat(highest()).isEqualTo(ahead(2 * VaultLimits.REOPENING_GAP));
    closedState.learn(head(3 * VaultLimits.REOPENING_GAP + 1), ledger);
    assertThat(highest()).isEqualTo(ahead(2 * VaultLimits.REOPENING_GAP));
  }

  @Test
  void another_last_row_is_anchored_by_a_mark() {
    closeFor(ahead(0));
    assertThat(highest().seq()).isEqualTo(ledger.seq() + 1);
    assertThat(seen()).contains(ahead(0));
  }

  @Test
  void a_mark_stands_for_one_row() {
    closeFor(ahead(-1));
    noteSeen(ledger.seq() - 2, SOME);
    assertThat(seen()).isEmpty();
    noteSeen(ledger.seq() - 1, Hash256.ZERO);
    assertThat(seen()).isEmpty();
    noteSeen(ledger.seq() - 1, SOME);
    assertThat(seen()).contains(ahead(-1));
  }

  private void noteSeen(long seq, Hash256 head) {
    byte[] note = Transcript.fields().addU64(seq).add(head.toBytes()).toBytes();
    fixture.tamper(rows -> rows.putNote("sealed-seen", note));
  }

  @Test
  void a_row_that_another_process_has_anchored_is_not_noted_here() {
    fixture.anchor.set(ahead(8));
    closeFor(ahead(3));
    closedState.learn(head(8), ledger);
    assertThat(seen()).isEmpty();
  }

  @Test
  void a_reopening_takes_every_note_away() {
    closeFor(ahead(5));
    assertThat(fixture.store.snapshot().hasNote("sealed-seen")).isTrue();
    fixture.tamper(ClosedState::forget);
    assertThat(fixture.store.snapshot().hasNote("sealed-seen")).isFalse();
    assertThat(fixture.store.snapshot().hasNote("sealed")).isFalse();
  }

  @Test
  void more_that_is_seen_later_raises_it_further() {
    closeFor(ahead(2));
    closedState.learn(null, ledger);
    closedState.learn(head(0), ledger);
    closedState.learn(head(2), ledger);
    assertThat(highest()).isEqualTo(ahead(2));
    closedState.learn(head(9), ledger);
    closedState.learn(head(7), ledger);
    assertThat(highest()).isEqualTo(ahead(9));
    assertThat(seen()).contains(ahead(9));
  }

  @Test
  void what_the_store_shows_by_itself_moves_nothing() {
    LedgerAnchor.Point before = highest();
    closedState.close(new VaultClosedException("a broken chain"), ledger);
    assertThat(highest()).isEqualTo(before);
    assertThat(seen()).isEmpty();
  }

  @Test
  void an_anchor_that_is_away_is_raised_as_soon_as_it_is_back() {
    fixture.anchor.failing = true;
    closeFor(ahead(3));
    closedState.learn(head(9), ledger);
    fixture.tamper(ClosedState::forget);
    assertThat(closedState.isReopenedElsewhere()).as("not before it is anchored").isFalse();
    fixture.anchor.failing = false;
    assertThat(closedState.isReopenedElsewhere()).isTrue();
    assertThat(highest()).isEqualTo(ahead(3));
  }

  @Test
  void what_cannot_be_kept_is_said_and_what_is_seen_later_is_an_alarm() {
    try (RecordedLog log = new RecordedLog(ClosedState.class.getName())) {
      fixture.anchor.failing = true;
      fixture.store.breakAt(FailureMoment.BEFORE_COMMIT, 1, FailureEffect.OUTAGE);
      closeFor(ahead(3));
      assertThat(fixture.store.lease()).isTrue();
      closedState.learn(head(0), ledger);
      closedState.learn(head(9), ledger);
      fixture.anchor.failing = false;
      closedState.learn(head(9), ledger);
      assertThat(log.at(Level.SEVERE))
          .containsExactly(
              "ALARM: the vault closes itself. seen",
              "The alarm could not be anchored yet: The anchor does not answer.",
              "The alarm could not be written down: The store was told to fail.",
              "What a client has seen could not be kept: The anchor does not answer.",
              "ALARM: a client has seen row " + ahead(9).seq() + ".");
    }
  }

  @Test
  void an_anchor_that_is_ahead_already_stays() {
    fixture.anchor.set(ahead(8));
    closeFor(ahead(3));
    assertThat(highest()).isEqualTo(ahead(8));
    assertThat(seen()).as("the anchor does not vouch for it").isEmpty();
    fixture.anchor.set(null);
    assertThat(seen()).isEmpty();
    closedState.learn(head(12), ledger);
    assertThat(fixture.anchor.highest()).as("no anchor is made of nothing").isNull();
  }

  @Test
  void who_has_not_the_lease_raises_nothing() {
    closeFor(ahead(3));
    InMemoryVaultStore other = new InMemoryVaultStore(fixture.store.disk());
    fixture.store.loseLease();
    assertThat(other.lease()).isTrue();
    closedState.learn(head(9), ledger);
    assertThat(highest()).isEqualTo(ahead(3));
    assertThat(closedState.isReopenedElsewhere()).isFalse();
  }

  @Test
  void a_note_that_cannot_be_read_names_nothing() {
    closeFor(ahead(3));
    fixture.tamper(rows -> rows.putNote("sealed-seen", new byte[3]));
    assertThat(seen()).isEmpty();
  }

  @Test
  @DisplayName("HK1-V-33: a vault that a version before has closed stays closed, and is reopened")
  void what_a_version_before_wrote_down_holds() throws Exception {
    fixture.tamper(rows -> rows.putNote("sealed", "as before".getBytes(StandardCharsets.UTF_8)));
    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();
    assertThat(fixture.vault.closedBecause()).contains("as before");
    DualControl dualControl = fixture.vault.dualControl(custodians());
    Custodians.Statement statement = dualControl.reopeningStatement();

    dualControl.reopen(first.sign(statement.transcript()), second.sign(statement.transcript()));

    assertThat(device.attemptsLeft()).isEqualTo(1);
  }

  @Test
  @DisplayName("HK1-V-33: a reopening whose anchor was lost over a crash holds")
  void a_reopening_whose_anchor_failed_holds() throws Exception {
    closeFor(ahead(5));
    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();
    Custodians custodians = custodians();
    Custodians.Statement statement = fixture.vault.dualControl(custodians).reopeningStatement();
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());
    fixture.anchor.beforeRaise =
        number -> {
          throw new UnavailableException("test", null);
        };
    assertThatThrownBy(() -> fixture.vault.dualControl(custodians).reopen(one, two))
        .isInstanceOf(UnavailableException.class);
    fixture.anchor.beforeRaise = number -> {};
    fixture.restart();

    assertThat(device.attemptsLeft()).isEqualTo(1);
    assertThat(highest().seq()).isGreaterThan(VaultLimits.REOPENING_GAP);
  }

  @Test
  @DisplayName("HK1-V-22: a reopening that does not find every account is not made")
  void a_reopening_misses_an_account() throws Exception {
    closeFor(ahead(5));
    fixture.restart();
    Custodians custodians = custodians();
    LedgerTamperingStore store = new LedgerTamperingStore(fixture.store);
    store.hidesEmployees = true;
    fixture.vault = fixture.another(store, fixture.anchor);
    Custodians.Statement statement = fixture.vault.dualControl(custodians).reopeningStatement();
    byte[] one = first.sign(statement.transcript());
    byte[] two = second.sign(statement.transcript());

    assertThatThrownBy(() -> fixture.vault.dualControl(custodians).reopen(one, two))
        .isInstanceOf(TamperedException.class);

    fixture.restart();
    assertThat(fixture.vault.ready()).isFalse();
  }
}
