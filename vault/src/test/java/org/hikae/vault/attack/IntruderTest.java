package org.hikae.vault.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the portal does with a token that came through it, somebody with the employee's sign-on, and
 * somebody with a stolen device: each with device keys and sets of their own, as many as they like.
 */
@DisplayName("HK1-V-21, V-34, V-36, V-38, V-40: intruders")
class IntruderTest extends VaultTestBase {

  private static final String THEIRS = "the thief's own password";

  private TestDevice owner;

  @BeforeEach
  void open() {
    owner = device;
  }

  private VaultReply inLogin(TestDevice device, Registered with, Operation does, byte[] argument) {
    Started started = device.start(with.credId(), THEIRS);
    return device.send(
        VaultMessageType.LOGIN_FINISH, device.proof(started, does, argument).encode());
  }

  @Test
  @DisplayName(
      "HK1-V-34: the portal, with one fresh token and a made-up key, erases nothing in days")
  void a_made_up_key_erases_no_record_in_days() {
    Registered registered = owner.register(PASSWORD);
    Registered theirs = fixture.device("alice").register(THEIRS);
    assertThat(theirs.exposed().entry().event()).isEqualTo(VaultEvent.REPLACE_ANNOUNCED);

    fixture.clock.advance(Duration.ofDays(29)); // in which the portal drops each Status
    fixture.vault.sweep();

    assertThat(owner.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(owner.receipt(owner.order(Order.VETO, NO_ARGUMENT)).entry().event())
        .isEqualTo(VaultEvent.VETOED);
  }

  @Test
  @DisplayName("HK1-V-36: a stolen device stops the attempts for a week, once")
  void a_stolen_device_freezes_for_a_week_once() {
    Registered registered = owner.register(PASSWORD);
    TestDevice stolen = fixture.unattended("alice").speakingFor(owner);
    TestDevice fresh = fixture.device("alice"); // without K
    fresh.setId = owner.setId;
    stolen.receipt(stolen.order(Order.FREEZE, NO_ARGUMENT));
    assertThat(refusal(fresh.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.FROZEN);

    fixture.clock.advance(Duration.ofDays(6));
    assertThat(refusal(stolen.order(Order.FREEZE, NO_ARGUMENT)))
        .as("renewed in time")
        .isEqualTo(VaultRefusal.REAUTHENTICATE);
    fixture.clock.advance(Duration.ofDays(1));
    assertThat(fresh.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    for (int day = 7; day < 37; day++) {
      assertThat(refusal(stolen.order(Order.FREEZE, NO_ARGUMENT)))
          .as("on day %d", day)
          .isEqualTo(VaultRefusal.REAUTHENTICATE);
      fixture.clock.advance(Duration.ofDays(1));
    }
  }

  @Test
  @DisplayName("HK1-V-38: sets that were named without a fresh sign-in make room for one with it")
  void claims_without_a_sign_in_use_up_nothing() {
    TestDevice portal = fixture.unattended("alice");
    for (int i = 0; i < VaultLimits.SETS; i++) {
      portal.setId = portal.fresh(16);
      portal.ownerKey = SigningKey.generate(fixture.random);
      portal.receipt(portal.witness(1, Hash256.ZERO));
    }

    VaultReply reply =
        owner.send(
            VaultMessageType.REG_INIT, owner.regInit(owner.startRegistration(PASSWORD)).encode());

    assertThat(reply).isInstanceOf(VaultReply.Done.class);
    Registered registered = owner.register(PASSWORD);
    assertThat(owner.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-40: the thief's own record gives back nothing of the failures at the owner's")
  void a_record_of_another_set_gives_back_no_failure() {
    Registered registered = owner.register(PASSWORD);
    TestDevice thief = fixture.device("alice");
    byte[] theirSet = thief.setId;
    thief.setId = owner.setId;
    for (int i = 0; i < VaultLimits.CONSECUTIVE_ATTEMPTS; i++) {
      if (i >= VaultLimits.RESERVED_FROM) {
        fixture.clock.advance(VaultLimits.RESERVED_FOR);
      }
      assertThat(thief.start(registered.credId(), THEIRS).reply())
          .isInstanceOf(VaultReply.Done.class);
    }
    fixture.clock.advance(Duration.ofSeconds(61));
    thief.setId = theirSet;
    Registered theirs = thief.register(THEIRS);
    assertThat(theirs.exposed().entry().event()).as("in use at once").isEqualTo(VaultEvent.ACTIVE);
    Registered next = thief.registerPending(THEIRS);

    assertThat(inLogin(thief, theirs, Operation.REPLACE, next.credId()))
        .isInstanceOf(VaultReply.Done.class);

    assertThat(owner.status().attempts().lifetimeLeft())
        .as("failures left in a lifetime")
        .isEqualTo(VaultLimits.LIFETIME_FAILURES - VaultLimits.CONSECUTIVE_ATTEMPTS);
  }

  @Test
  @DisplayName("HK1-V-21: a key that exposed a record of its own is new to the owner's")
  void the_last_attempts_are_not_for_a_key_with_a_set_of_its_own() {
    TestDevice thief = fixture.device("alice");
    Registered theirs = thief.register(THEIRS);
    assertThat(inLogin(thief, theirs, Operation.RETIRE, NO_ARGUMENT))
        .isInstanceOf(VaultReply.Done.class);
    Registered registered = owner.register(PASSWORD);
    thief.setId = owner.setId;
    for (int i = 0; i < VaultLimits.RESERVED_FROM; i++) {
      assertThat(thief.start(registered.credId(), THEIRS).reply())
          .isInstanceOf(VaultReply.Done.class);
    }

    assertThat(refusal(thief.start(registered.credId(), THEIRS).reply()))
        .isEqualTo(VaultRefusal.RESERVED);
    assertThat(owner.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-21: the throttle is for such a key, too")
  void the_throttle_is_for_a_key_with_a_set_of_its_own() {
    TestDevice thief = fixture.device("alice");
    Registered theirs = thief.register(THEIRS);
    inLogin(thief, theirs, Operation.RETIRE, NO_ARGUMENT);
    Registered registered = owner.register(PASSWORD);
    for (int i = 0; i < VaultLimits.THROTTLE_EMPLOYEES; i++) {
      TestDevice victim = fixture.device("victim" + i);
      victim.start(victim.register(PASSWORD).credId(), THEIRS);
    }
    thief.setId = owner.setId;
    for (int i = 0; i < VaultLimits.THROTTLE_FREE_ATTEMPTS; i++) {
      thief.start(registered.credId(), THEIRS);
    }

    assertThat(refusal(thief.start(registered.credId(), THEIRS).reply()))
        .isEqualTo(VaultRefusal.BRAKE);
  }
}
