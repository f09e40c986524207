package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which devices a set has, and when what is announced begins to count. */
@DisplayName("HK1-V-34: devices of a set, announcements")
class AnnouncementsTest extends RegisteredVaultTestBase {

  private static final String NEXT = "another password!";

  private Instant in(Duration time) {
    return Instant.ofEpochSecond(fixture.clock.instant().plus(time).getEpochSecond());
  }

  private static Instant due(StatusDone status) {
    return Instant.ofEpochSecond(status.announced().dueSeconds());
  }

  /** Another device of the same set, with K when {@code withKey}. */
  private TestDevice second(boolean withKey) {
    TestDevice other = fixture.device("alice");
    other.setId = device.setId;
    if (withKey) {
      other.ownerKey = device.ownerKey;
    }
    return other;
  }

  private long newest(StatusDone status) {
    return status.receipts().getLast().entry().seq();
  }

  @Test
  @DisplayName("HK1-V-34: the 72 hours begin when a device of the set holds the announcement")
  void the_time_begins_when_a_device_holds_the_announcement() {
    Receipt announced = device.receipt(device.order(Order.DELETE, NO_ARGUMENT));
    assertThat(Instant.ofEpochSecond(announced.entry().dueSeconds()))
        .as("the earliest")
        .isEqualTo(in(VaultLimits.OWNER_DELAY));

    fixture.clock.advance(Duration.ofDays(5));
    StatusDone fetched = device.status();
    assertThat(due(fetched))
        .as("as long as its reply may be lost")
        .isEqualTo(in(VaultLimits.OWNER_DELAY));
    fixture.clock.advance(Duration.ofDays(1));
    StatusDone held = device.status(newest(fetched));

    assertThat(due(held)).isEqualTo(in(VaultLimits.OWNER_DELAY));
    LedgerEntry fixed = held.receipts().getFirst().entry();
    assertThat(fixed.event()).isEqualTo(VaultEvent.DELETE_ANNOUNCED);
    assertThat(fixed.subject()).usingRecursiveComparison().isEqualTo(announced.entry().subject());
    assertThat(Instant.ofEpochSecond(fixed.dueSeconds())).isEqualTo(due(held));
    fixture.clock.advance(Duration.ofDays(1));
    assertThat(due(device.hear())).as("stays").isEqualTo(due(held));
    fixture.clock.advance(VaultLimits.OWNER_DELAY.minusDays(1).minusSeconds(1));
    fixture.vault.sweep();
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.vault.sweep();
    assertThat(device.status().record().state()).isEqualTo(RecordState.RETIRED);
  }

  @Test
  @DisplayName("HK1-V-34: whoever has no K of the set lets no time begin, whatever they fetch")
  void a_stranger_lets_no_time_begin() {
    device.order(Order.DELETE, NO_ARGUMENT);
    TestDevice stranger = second(false);
    TestDevice thief = fixture.device("alice");
    thief.witness(1, Hash256.ZERO);
    stranger.hear();
    thief.hear();

    fixture.clock.advance(VaultLimits.NEWCOMER_DELAY.minusSeconds(1));
    fixture.vault.sweep();
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.vault.sweep();
    assertThat(device.status().record().state())
        .as("nobody waits for ever for devices that are gone")
        .isEqualTo(RecordState.RETIRED);
  }

  @Test
  @DisplayName("HK1-V-34: an order can be given with the Status that let the time begin")
  void an_order_follows_the_status_that_let_the_time_begin() {
    device.order(Order.DELETE, NO_ARGUMENT);
    StatusDone held = device.status(newest(device.status()));
    assertThat(
            device
                .receipt(device.order(Order.VETO, NO_ARGUMENT, held.orderNonce()))
                .entry()
                .event())
        .isEqualTo(VaultEvent.VETOED);
  }

  @Test
  @DisplayName("HK1-V-34: a device is of the set when it has proven that it has K, by any way")
  void a_device_becomes_known_by_owner_key_or_password() {
    TestDevice witnessing = second(true);
    TestDevice ordering = second(true);
    TestDevice opening = second(false);
    TestDevice[] all = {witnessing, ordering, opening};
    for (TestDevice one : all) {
      one.setId = one.fresh(16);
      one.ownerKey = SigningKey.generate(fixture.random);
      Registered theirs = one.register(NEXT);
      assertThat(due(one.hear())).as("new").isEqualTo(in(VaultLimits.NEWCOMER_DELAY));
      assertThat(theirs.exposed().entry().dueSeconds())
          .isEqualTo(one.hear().announced().dueSeconds());
      device.receipt(device.order(Order.VETO, NO_ARGUMENT));
      one.setId = device.setId;
    }
    witnessing.ownerKey = device.ownerKey;
    witnessing.receipt(witnessing.witness(1, Hash256.ZERO));
    ordering.ownerKey = device.ownerKey;
    ordering.receipt(ordering.order(Order.FREEZE, NO_ARGUMENT));
    device.receipt(device.order(Order.UNFREEZE, NO_ARGUMENT));
    opening.login(registered.credId(), PASSWORD);
    for (TestDevice one : all) {
      one.setId = one.fresh(16);
      one.ownerKey = SigningKey.generate(fixture.random);
      one.register(NEXT);
      assertThat(due(one.hear())).isEqualTo(in(VaultLimits.OWNER_DELAY));
      device.receipt(device.order(Order.VETO, NO_ARGUMENT));
    }
  }

  @Test
  @DisplayName("HK1-V-34: a device of the old set lets a replacement's time begin")
  void a_device_of_the_old_set_lets_the_time_of_a_replacement_begin() {
    TestDevice other = second(true);
    other.receipt(other.witness(1, Hash256.ZERO));
    other.setId = other.fresh(16);
    other.ownerKey = SigningKey.generate(fixture.random);
    Registered next = other.register(NEXT);
    device.hear();

    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    fixture.vault.sweep();

    assertThat(other.status().announced().what()).isEqualTo(Announcement.NONE);
    assertThat(other.login(next.credId(), NEXT)).isEqualTo(next.wrap());
  }

  @Test
  @DisplayName("HK1-V-34: a new device announces with a fresh sign-in only, and may repeat itself")
  void a_newcomer_announces_with_a_fresh_sign_in() {
    TestDevice thief = fixture.device("alice");
    Registered pending = thief.registerPending(NEXT);
    byte[] expose = thief.expose(pending.credId(), pending.pending()).encode();
    TestDevice later = fixture.unattended("alice").speakingFor(thief);
    assertThat(refusal(later.send(VaultMessageType.EXPOSE, expose)))
        .isEqualTo(VaultRefusal.REAUTHENTICATE);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.NONE);

    Receipt announced = thief.receipt(thief.send(VaultMessageType.EXPOSE, expose));
    assertThat(later.receipt(later.send(VaultMessageType.EXPOSE, expose)).signedBytes())
        .isEqualTo(announced.signedBytes());
  }

  @Test
  @DisplayName("HK1-V-34: whoever has K announces without one, from a device never seen before")
  void who_has_the_key_is_no_newcomer() {
    TestDevice restored = second(true);
    Registered pending = restored.registerPending(NEXT);
    TestDevice later = fixture.unattended("alice").speakingFor(restored);
    later.receipt(
        later.send(
            VaultMessageType.EXPOSE, later.expose(pending.credId(), pending.pending()).encode()));
    assertThat(due(later.hear())).isEqualTo(in(VaultLimits.OWNER_DELAY));
  }

  @Test
  @DisplayName("HK1-V-34: after the owner key was handed over, devices have to show the new one")
  void after_a_hand_over_devices_are_new() {
    TestDevice stolen = second(true);
    stolen.receipt(stolen.witness(1, Hash256.ZERO));
    SigningKey heir = SigningKey.generate(fixture.random);
    device.receipt(device.order(Order.HAND_OVER, heir.publicKey().encode()));
    device.ownerKey = heir;
    stolen.setId = stolen.fresh(16);
    stolen.register(NEXT);
    assertThat(due(stolen.hear())).isEqualTo(in(VaultLimits.NEWCOMER_DELAY));
    device.receipt(device.order(Order.VETO, NO_ARGUMENT));

    device.receipt(device.order(Order.DELETE, NO_ARGUMENT));
    assertThat(due(device.hear())).isEqualTo(in(VaultLimits.OWNER_DELAY));
  }

  @Test
  @DisplayName("HK1-V-34: nor does what they announced before make them known when it comes due")
  void a_replacement_that_comes_due_makes_nobody_known() {
    TestDevice stolen = second(true);
    Registered theirs = stolen.register(NEXT);
    SigningKey heir = SigningKey.generate(fixture.random);
    device.receipt(device.order(Order.HAND_OVER, heir.publicKey().encode()));
    device.ownerKey = heir;
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    fixture.vault.sweep();
    assertThat(device.status().record().credId()).isEqualTo(Hash256.of(theirs.credId()));

    stolen.setId = stolen.fresh(16);
    stolen.ownerKey = SigningKey.generate(fixture.random);
    stolen.register(PASSWORD);
    assertThat(due(stolen.hear())).isEqualTo(in(VaultLimits.NEWCOMER_DELAY));
  }

  @Test
  @DisplayName("HK1-V-34: when the old record is gone its successor's own device lets time begin")
  void without_an_active_record_the_successors_device_counts() {
    Registered next = device.register(NEXT);
    device.send(
        VaultMessageType.LOGIN_FINISH,
        device.proof(device.start(registered.credId(), PASSWORD), Operation.RETIRE).encode());
    TestDevice stranger = second(false);
    stranger.hear();
    fixture.clock.advance(Duration.ofDays(1));
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY.minusSeconds(1));
    assertThat(refusal(device.start(next.credId(), NEXT).reply()))
        .as("not since the stranger asked")
        .isEqualTo(VaultRefusal.WRONG_STATE);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(device.login(next.credId(), NEXT)).isEqualTo(next.wrap());
  }
}
