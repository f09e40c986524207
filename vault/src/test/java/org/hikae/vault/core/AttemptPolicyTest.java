package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.testing.FullRunOnly;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Waits, budgets, reserved attempts, throttle: what slows guessing, and burns nothing. */
@DisplayName("HK1-V-21: before a charge")
class AttemptPolicyTest {

  private static final String PASSWORD = "twelve characters";
  private static final String WRONG = "another password!";

  private VaultFixture fixture;
  private TestDevice device;
  private Registered registered;

  @BeforeEach
  void open() {
    open(VaultLimits.WAITS);
  }

  private void open(List<Duration> waits) {
    fixture = new VaultFixture(waits);
    device = fixture.device("alice");
    registered = device.register(PASSWORD);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private VaultReply tryFrom(TestDevice from, String password) {
    return from.start(registered.credId(), password).reply();
  }

  private TestDevice newDeviceOf(TestDevice same) {
    TestDevice other = fixture.device("alice");
    other.setId = same.setId;
    other.ownerKey = same.ownerKey;
    return other;
  }

  @Test
  @DisplayName(
      "HK1-V-21: the waits before the attempts 4 to 10, refused uncharged until they are over")
  void waits_stand_before_attempts() {
    for (int i = 0; i < 3; i++) {
      assertThat(tryFrom(device, WRONG)).isInstanceOf(VaultReply.Done.class);
    }
    for (int i = 0; i < VaultLimits.WAITS.size(); i++) {
      Duration wait = VaultLimits.WAITS.get(i);
      int left = 7 - i;
      assertThat(device.status().attempts().waitSeconds()).isEqualTo(wait.toSeconds());
      fixture.clock.advance(wait.minusSeconds(1));
      assertThat(tryFrom(device, PASSWORD)).isEqualTo(new Refused(VaultRefusal.WAIT, left, 1));
      fixture.clock.advance(Duration.ofSeconds(1));
      assertThat(tryFrom(device, WRONG)).isInstanceOf(VaultReply.Done.class);
    }
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(device.status().record().state()).isEqualTo(RecordState.LOCKED);
  }

  @Test
  @DisplayName("HK1-V-21: the waits are 1 min, 10 min, 1 h, 6 h, 24 h, 48 h and 72 h")
  void the_waits_are_those_of_the_rule() {
    assertThat(VaultLimits.WAITS)
        .extracting(Duration::toSeconds)
        .containsExactly(60L, 600L, 3_600L, 21_600L, 86_400L, 172_800L, 259_200L);
  }

  @Test
  @DisplayName("HK1-V-21: a proven login ends the waits")
  void a_proven_login_ends_the_waits() {
    for (int i = 0; i < 3; i++) {
      tryFrom(device, WRONG);
    }
    fixture.clock.advance(Duration.ofMinutes(1));
    device.login(registered.credId(), PASSWORD);
    assertThat(tryFrom(device, WRONG)).isInstanceOf(VaultReply.Done.class);
  }

  @Test
  @DisplayName(
      "HK1-V-21: twenty tries a day, right or wrong; then LIMIT until the oldest is a day old")
  void twenty_tries_a_day() {
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_DAY; i++) {
      device.login(registered.credId(), PASSWORD);
      fixture.clock.advance(Duration.ofMinutes(1));
    }
    Refused refused = (Refused) tryFrom(device, PASSWORD);

    assertThat(refused.refusal()).isEqualTo(VaultRefusal.LIMIT);
    assertThat(refused.retryAfterSeconds())
        .isEqualTo(VaultLimits.DAY.minusMinutes(VaultLimits.EVALUATIONS_A_DAY).toSeconds());
    assertThat(device.attemptsLeft()).isEqualTo(10);
    fixture.clock.advance(Duration.ofSeconds(refused.retryAfterSeconds()));
    assertThat(tryFrom(device, PASSWORD)).isInstanceOf(VaultReply.Done.class);
  }

  @Test
  @DisplayName(
      "HK1-V-21: right logins use nothing up: who knows the password and has no key gets in")
  void two_hundred_tries_of_a_record() {
    for (int i = 0; i < VaultLimits.EVALUATIONS_A_RECORD; i++) {
      if (i > 0 && i % VaultLimits.EVALUATIONS_A_DAY == 0) {
        fixture.clock.advance(VaultLimits.DAY.plusMinutes(1));
      }
      device.login(registered.credId(), PASSWORD);
    }
    fixture.clock.advance(VaultLimits.DAY.plusMinutes(1));

    TestDevice withoutKey = newDeviceOf(device);
    withoutKey.ownerKey = SigningKey.generate(fixture.random);
    assertThat(withoutKey.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(device.status().attempts().evaluationsLeft()).as("an advice").isZero();
  }

  @Test
  @DisplayName("HK1-V-21: attempts 8 to 10 are kept for a device that has opened, or seven days")
  void the_last_attempts_are_reserved() {
    close();
    open(VaultFixture.NO_WAITS);
    TestDevice stranger = newDeviceOf(device);
    for (int i = 0; i < VaultLimits.RESERVED_FROM; i++) {
      assertThat(tryFrom(stranger, WRONG)).isInstanceOf(VaultReply.Done.class);
    }
    Refused refused = (Refused) tryFrom(stranger, WRONG);
    assertThat(refused)
        .isEqualTo(new Refused(VaultRefusal.RESERVED, 3, VaultLimits.RESERVED_FOR.toSeconds()));
    assertThat(tryFrom(device, WRONG))
        .as("this device exposed the record")
        .isInstanceOf(VaultReply.Done.class);
    fixture.clock.advance(VaultLimits.RESERVED_FOR);
    assertThat(tryFrom(stranger, WRONG)).isInstanceOf(VaultReply.Done.class);
    assertThat(((Refused) tryFrom(stranger, WRONG)).refusal()).isEqualTo(VaultRefusal.RESERVED);
  }

  @Test
  @DisplayName("HK1-V-21: a device becomes known by a proven login")
  void a_proven_login_makes_a_device_known() {
    close();
    open(VaultFixture.NO_WAITS);
    TestDevice second = newDeviceOf(device);
    second.login(registered.credId(), PASSWORD);
    for (int i = 0; i < VaultLimits.RESERVED_FROM; i++) {
      tryFrom(second, WRONG);
    }
    assertThat(tryFrom(second, WRONG)).isInstanceOf(VaultReply.Done.class);
  }

  @Test
  @DisplayName(
      "HK1-V-21: failures over many records slow only strangers, and free their first tries")
  void the_throttle_slows_strangers() {
    close();
    open(VaultFixture.NO_WAITS);
    for (int i = 0; i < VaultLimits.THROTTLE_EMPLOYEES; i++) {
      TestDevice victim = fixture.device("victim" + i);
      Registered theirs = victim.register(PASSWORD);
      victim.deviceKey = SigningKey.generate(fixture.random);
      victim.start(theirs.credId(), WRONG);
    }
    TestDevice stranger = newDeviceOf(device);
    for (int i = 0; i < VaultLimits.THROTTLE_FREE_ATTEMPTS; i++) {
      assertThat(tryFrom(stranger, WRONG)).isInstanceOf(VaultReply.Done.class);
    }
    assertThat(tryFrom(stranger, PASSWORD))
        .isEqualTo(new Refused(VaultRefusal.BRAKE, 7, VaultLimits.THROTTLE_PERIOD.toSeconds()));
    assertThat(tryFrom(device, WRONG)).isInstanceOf(VaultReply.Done.class);
    fixture.clock.advance(VaultLimits.THROTTLE_PERIOD);
    assertThat(tryFrom(stranger, WRONG)).isInstanceOf(VaultReply.Done.class);
  }

  @Test
  @DisplayName("HK1-V-21: people who find their password after a typo do not put the throttle on")
  void proven_logins_do_not_throttle() {
    close();
    open(VaultFixture.NO_WAITS);
    for (int i = 0; i < VaultLimits.THROTTLE_EMPLOYEES; i++) {
      TestDevice person = fixture.device("person" + i);
      Registered theirs = person.register(PASSWORD);
      person.start(theirs.credId(), WRONG);
      person.login(theirs.credId(), PASSWORD);
    }
    TestDevice stranger = newDeviceOf(device);
    for (int i = 0; i < VaultLimits.THROTTLE_FREE_ATTEMPTS; i++) {
      tryFrom(stranger, WRONG);
    }
    assertThat(tryFrom(stranger, WRONG)).isInstanceOf(VaultReply.Done.class);
  }

  /**
   * The portal relays, sees every access token, and may enrol device keys of its own. A simulated
   * day of trying whatever the vault lets it try.
   */
  @FullRunOnly
  @Test
  @DisplayName(
      "HK1-V-21: code in the portal cannot lock 100 records in a day, nor get a guess more")
  void a_hostile_portal_locks_nobody_in_a_day() {
    int employees = 100;
    List<TestDevice> victims = new ArrayList<>();
    List<Registered> records = new ArrayList<>();
    for (int i = 0; i < employees; i++) {
      TestDevice victim = fixture.device("victim" + i);
      victims.add(victim);
      records.add(victim.register(PASSWORD));
    }
    List<TestDevice> portals = new ArrayList<>();
    for (int i = 0; i < employees; i++) {
      TestDevice portal = fixture.device("victim" + i);
      portal.setId = victims.get(i).setId;
      portals.add(portal);
    }
    int answered = 0;
    // Whenever a wait could be over, and some times in between.
    int[] minutes = {0, 0, 0, 1, 2, 10, 12, 60, 75, 120, 360, 440, 720, 1000, 1300, 1439};
    int now = 0;
    for (int minute : minutes) {
      fixture.clock.advance(Duration.ofMinutes(minute - now));
      now = minute;
      for (int i = 0; i < employees; i++) {
        VaultReply reply = portals.get(i).start(records.get(i).credId(), WRONG).reply();
        answered += reply instanceof VaultReply.Done ? 1 : 0;
      }
    }
    fixture.vault.sweep();

    for (TestDevice victim : victims) {
      assertThat(victim.status().record().state()).isEqualTo(RecordState.ACTIVE);
      assertThat(victim.attemptsLeft()).isGreaterThanOrEqualTo(3);
    }
    assertThat(answered).isLessThanOrEqualTo(employees * VaultLimits.RESERVED_FROM);
    int charged = 0;
    for (int i = 0; i < employees; i++) {
      charged += fixture.account("victim" + i).counts().lifetime();
    }
    assertThat(charged).as("each answer was charged").isEqualTo(answered);
  }
}
