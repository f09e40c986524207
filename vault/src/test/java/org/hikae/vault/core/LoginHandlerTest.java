package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.InvalidPoints;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts: charging, repeating, finishing. */
@DisplayName("HK1-V-08, V-09, V-11: login")
class LoginHandlerTest extends RegisteredVaultTestBase {

  private byte[] credId() {
    return registered.credId();
  }

  @Test
  @DisplayName("HK1-V-08: the charge is committed before anything is evaluated")
  void charged_before_evaluation() {
    fixture.root.failing = true;
    assertThat(refusal(device.start(credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.root.failing = false;
    int before = device.attemptsLeft();

    int[] seenAtEvaluation = {-1};
    fixture.root.beforeNextEvaluation(() -> seenAtEvaluation[0] = device.attemptsLeft());
    device.start(credId(), WRONG);

    assertThat(before).as("a charge whose KE2 could not be made is voided").isEqualTo(10);
    assertThat(seenAtEvaluation[0]).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: aborting after KE2 keeps the charge; the reply tells what is left")
  void abort_keeps_the_charge() {
    for (int left = 9; left >= 7; left--) {
      assertThat(device.start(credId(), WRONG).done().attemptsLeft()).isEqualTo(left);
    }
    fixture.restart();
    assertThat(device.attemptsLeft()).isEqualTo(7);
  }

  @Test
  @DisplayName(
      "HK1-V-08: the same LoginStart within 60 s gets the same KE2, free, after a restart too")
  void the_same_start_is_free() {
    Started first = device.start(credId(), PASSWORD);
    int evaluations = fixture.root.evaluations();
    fixture.clock.advance(Duration.ofSeconds(30));
    fixture.restart();

    Started again = device.restart(first.loginId(), credId(), first.login());

    assertThat(again.ke2()).isEqualTo(first.ke2());
    assertThat(again.done().attemptsLeft()).isEqualTo(9);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
    assertThat(TestDevice.payload(device.finish(again, Operation.FETCH))).isNotEmpty();
  }

  @Test
  @DisplayName("HK1-V-08: the same LoginStart after 60 s is refused and costs nothing")
  void a_late_repeat_is_refused() {
    Started first = device.start(credId(), PASSWORD);
    fixture.clock.advance(Duration.ofSeconds(61));

    Started again = device.restart(first.loginId(), credId(), first.login());

    assertThat(refusal(again.reply())).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: another KE1 is a new attempt, and under the same loginId it is refused")
  void another_ke1_is_another_attempt() {
    Started first = device.start(credId(), PASSWORD);

    Started sameId = device.restart(first.loginId(), credId(), device.startLogin(PASSWORD));
    Started other = device.start(credId(), PASSWORD);

    assertThat(refusal(sameId.reply())).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(other.done().attemptsLeft()).isEqualTo(8);
  }

  @Test
  @DisplayName("HK1-V-08: another device with the same loginId and KE1 gets no KE2")
  void another_device_does_not_get_the_same_ke2() {
    Started first = device.start(credId(), PASSWORD);
    device.deviceKey = SigningKey.generate(fixture.random);

    Started again = device.restart(first.loginId(), credId(), first.login());

    assertThat(refusal(again.reply())).isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-08: two equal LoginStarts at once are one attempt with one KE2")
  void equal_starts_at_once_are_one_attempt() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);

    List<byte[]> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> device.restart(loginId, credId(), login).ke2())
            .toList();

    assertThat(answers).allSatisfy(ke2 -> assertThat(ke2).isEqualTo(answers.getFirst()));
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName(
      "HK1-V-08: the KE2 that was kept first is the answer to both of two equal LoginStarts")
  void the_first_ke2_answers_both() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    AtomicReference<byte[]> first = new AtomicReference<>();
    fixture.root.beforeNextEvaluation(
        () -> first.set(device.restart(loginId, credId(), login).ke2()));

    assertThat(device.restart(loginId, credId(), login).ke2()).isEqualTo(first.get());
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: a repeat after a kill between charge and KE2 is answered and free")
  void a_charge_without_ke2_is_answered_later() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    fixture.root.beforeNextEvaluation(
        () -> {
          throw new IllegalStateException("killed here");
        });
    VaultReply killed = device.restart(loginId, credId(), login).reply();
    fixture.restart();

    Started again = device.restart(loginId, credId(), login);

    assertThat(refusal(killed)).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(again.done().attemptsLeft()).isEqualTo(9);
    assertThat(TestDevice.payload(device.finish(again, Operation.FETCH))).isNotEmpty();
  }

  @Test
  @DisplayName("HK1-V-09: a valid KE3 takes its own charge back and ends the row of failures")
  void a_proven_login_takes_its_charge_back() {
    for (int i = 0; i < 9; i++) {
      device.start(credId(), WRONG);
    }
    assertThat(device.login(credId(), PASSWORD)).isEqualTo(registered.wrap());

    assertThat(device.attemptsLeft()).isEqualTo(10);
    AttemptCounters attemptCounters = counts();
    assertThat(attemptCounters.consecutive()).isZero();
    assertThat(attemptCounters.lifetime()).isEqualTo(9);
  }

  private AttemptCounters counts() {
    return fixture.account("alice").counts();
  }

  @Test
  @DisplayName("HK1-V-09: honest logins do not refill the lifetime: fifty failures lock for good")
  void fifty_failures_in_a_lifetime_lock() {
    for (int i = 0; i < 5; i++) {
      for (int wrong = 0; wrong < 9; wrong++) {
        device.start(credId(), WRONG);
      }
      device.login(credId(), PASSWORD);
      fixture.clock.advance(VaultLimits.DAY);
    }
    assertThat(counts().lifetime()).isEqualTo(45);
    for (int left = 4; left >= 0; left--) {
      assertThat(device.start(credId(), WRONG).done().attemptsLeft()).isEqualTo(left);
    }

    assertThat(refusal(device.start(credId(), PASSWORD).reply())).isEqualTo(VaultRefusal.LOCKED);
    fixture.clock.advance(Duration.ofSeconds(61));
    assertThat(refusal(device.start(credId(), PASSWORD).reply())).isEqualTo(VaultRefusal.LOCKED);
    assertThat(device.status().record().state()).isEqualTo(RecordState.LOCKED);
    assertThat(
            refusal(
                device.send(
                    VaultMessageType.REG_INIT,
                    device.regInit(device.startRegistration(PASSWORD)).encode())))
        .as("a lifetime is not refilled by registering anew")
        .isEqualTo(VaultRefusal.LOCKED);
  }

  @Test
  @DisplayName("HK1-V-09: KE3 twice is refused, and takes nothing back twice")
  void ke3_twice_is_refused() {
    device.start(credId(), WRONG);
    Started started = device.start(credId(), PASSWORD);
    byte[] finish = device.proof(started, Operation.FETCH).encode();
    TestDevice.payload(device.send(VaultMessageType.LOGIN_FINISH, finish));
    AttemptCounters after = counts();

    VaultReply twice = device.send(VaultMessageType.LOGIN_FINISH, finish);

    assertThat(refusal(twice)).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(counts()).isEqualTo(after);
  }

  @Test
  @DisplayName("HK1-V-09: KE3 of another login fails and closes that login")
  void ke3_for_another_login_is_refused() {
    Started one = device.start(credId(), PASSWORD);
    Started other = device.start(credId(), PASSWORD);
    VaultPayload.LoginFinish proof = device.proof(one, Operation.FETCH);
    byte[] crossed =
        new VaultPayload.LoginFinish(
                other.loginId(), proof.ke3(), Operation.FETCH, new byte[0], proof.mac())
            .encode();

    VaultReply reply = device.send(VaultMessageType.LOGIN_FINISH, crossed);

    assertThat(reply).isEqualTo(new Refused(VaultRefusal.LOGIN_FAILED, 8, 0));
    assertThat(refusal(device.finish(other, Operation.FETCH)))
        .as("a login has one KE3")
        .isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(TestDevice.payload(device.finish(one, Operation.FETCH))).isNotEmpty();
  }

  @Test
  @DisplayName("HK1-V-09: KE3 for a login that was never started is refused")
  void ke3_without_login_is_refused() {
    Started started = device.start(credId(), PASSWORD);
    VaultPayload.LoginFinish proof = device.proof(started, Operation.FETCH);
    byte[] unknown =
        new VaultPayload.LoginFinish(
                device.fresh(16), proof.ke3(), Operation.FETCH, new byte[0], proof.mac())
            .encode();

    assertThat(refusal(device.send(VaultMessageType.LOGIN_FINISH, unknown)))
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 61})
  @DisplayName("HK1-V-09: KE3 is taken until 60 s after the charge, not later")
  void ke3_after_a_minute_is_refused(long seconds) {
    Started started = device.start(credId(), PASSWORD);
    fixture.clock.advance(Duration.ofSeconds(seconds));

    VaultReply reply = device.finish(started, Operation.FETCH);

    if (seconds <= 60) {
      assertThat(TestDevice.payload(reply)).isNotEmpty();
    } else {
      assertThat(refusal(reply)).isEqualTo(VaultRefusal.WRONG_STATE);
      assertThat(device.attemptsLeft()).isEqualTo(9);
    }
  }

  @Test
  @DisplayName(
      "HK1-V-09: KE3 from another device is refused, and the first device can still finish")
  void ke3_from_another_device_is_refused() {
    Started started = device.start(credId(), PASSWORD);
    SigningKey own = device.deviceKey;
    device.deviceKey = SigningKey.generate(fixture.random);
    VaultReply foreign = device.finish(started, Operation.FETCH);
    device.deviceKey = own;

    assertThat(refusal(foreign)).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(TestDevice.payload(device.finish(started, Operation.FETCH))).isNotEmpty();
  }

  @Test
  @DisplayName("HK1-V-09: the operation is bound: FETCH cannot be turned into RETIRE")
  void a_flipped_operation_is_refused() {
    Started started = device.start(credId(), PASSWORD);
    VaultPayload.LoginFinish fetch = device.proof(started, Operation.FETCH);
    byte[] flipped =
        new VaultPayload.LoginFinish(
                fetch.loginId(), fetch.ke3(), Operation.RETIRE, new byte[0], fetch.mac())
            .encode();

    assertThat(refusal(device.send(VaultMessageType.LOGIN_FINISH, flipped)))
        .isEqualTo(VaultRefusal.LOGIN_FAILED);
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
  }

  @Test
  @DisplayName("HK1-V-09: what decides a login is erased with it, or when it was not finished")
  void what_decides_a_login_is_erased() {
    Started right = device.start(credId(), PASSWORD);
    Started wrong = device.start(credId(), WRONG);
    Started left = device.start(credId(), WRONG);
    Hash256 ofRight = secretOf(right);
    Hash256 ofWrong = secretOf(wrong);
    Hash256 ofLeft = secretOf(left);
    fixture.vault.sweep();
    assertThat(List.of(ofRight, ofWrong, ofLeft)).allMatch(this::isKept);

    device.finish(right, Operation.FETCH);
    device.send(VaultMessageType.LOGIN_FINISH, device.wrongProof(wrong.loginId()).encode());
    assertThat(List.of(ofRight, ofWrong)).noneMatch(this::isKept);
    fixture.clock.advance(VaultLimits.ATTEMPT_MEMORY);
    fixture.vault.sweep();
    assertThat(isKept(ofLeft)).isTrue();
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.vault.sweep();
    assertThat(isKept(ofLeft)).isFalse();
  }

  private Hash256 secretOf(Started login) {
    return RecordSealer.loginId(
        VaultFixture.employee("alice"),
        fixture.account("alice").attempt(Id128.of(login.loginId())).orElseThrow());
  }

  private boolean isKept(Hash256 secret) {
    return fixture.store.snapshot().hasSecret(secret);
  }

  @Test
  @DisplayName("HK1-V-09: RETIRE erases the record inside a login")
  void retire_erases_the_record() {
    Started started = device.start(credId(), PASSWORD);
    Started second = device.start(credId(), PASSWORD);

    assertThat(device.finish(started, Operation.RETIRE)).isInstanceOf(VaultReply.Done.class);

    assertThat(device.status().record().state()).isEqualTo(RecordState.RETIRED);
    assertThat(device.events()).endsWith(VaultEvent.RETIRED);
    assertThat(refusal(device.start(credId(), PASSWORD).reply())).isEqualTo(VaultRefusal.NO_RECORD);
    assertThat(refusal(device.finish(second, Operation.FETCH))).isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-11: malformed points are refused before any charge and any evaluation")
  void malformed_points_are_refused_uncharged() {
    byte[] good = device.startLogin(PASSWORD).ke1().encode();
    int evaluations = fixture.root.evaluations();

    for (int element : new int[] {0, 65}) {
      for (byte[] point : InvalidPoints.all(fixture.random)) {
        byte[] ke1 = good.clone();
        System.arraycopy(point, 0, ke1, element, point.length);
        boolean generator = InvalidPoints.isGenerator(point);
        if (generator && element == 65) {
          continue;
        }
        byte[] message = new VaultPayload.LoginStart(device.fresh(16), credId(), ke1).encode();
        assertThat(refusal(device.send(VaultMessageType.LOGIN_START, message)))
            .isEqualTo(VaultRefusal.MALFORMED);
      }
    }

    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-11: registration messages with malformed points, keys or wraps are refused")
  void malformed_registrations_are_refused() {
    byte[] owner = device.ownerKey.publicKey().encode();
    byte[] request = device.startRegistration(PASSWORD).request().encode();
    int evaluations = fixture.root.evaluations();

    for (byte[] point : InvalidPoints.all(fixture.random)) {
      byte[] message = new VaultPayload.RegInit(device.fresh(16), point, owner).encode();
      assertThat(refusal(device.send(VaultMessageType.REG_INIT, message)))
          .isEqualTo(VaultRefusal.MALFORMED);
    }
    byte[] noKey = new VaultPayload.RegInit(device.fresh(16), request, new byte[91]).encode();
    assertThat(refusal(device.send(VaultMessageType.REG_INIT, noKey)))
        .isEqualTo(VaultRefusal.MALFORMED);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
    assertThat(fixture.account("alice").newest(RecordStage.BEGUN)).as("none has begun").isEmpty();
  }

  @Test
  @DisplayName("HK1-V-06, V-11: an upload or wrap that cannot be right is refused")
  void malformed_uploads_are_refused() {
    var registration = device.startRegistration(PASSWORD);
    var begun =
        device.begun(device.send(VaultMessageType.REG_INIT, device.regInit(registration).encode()));
    VaultPayload.RegFinish good = device.regFinish(registration, begun);
    byte[] badUpload = good.registrationUpload().clone();
    badUpload[0] = 5;
    byte[] otherSuite = good.passwordWrap().clone();
    otherSuite[5] = 9;
    byte[] otherSet = good.passwordWrap().clone();
    otherSet[8] ^= 1;
    byte[] otherRecord = good.passwordWrap().clone();
    otherRecord[80] ^= 1;

    for (VaultPayload.RegFinish bad :
        List.of(
            new VaultPayload.RegFinish(good.credId(), badUpload, good.passwordWrap()),
            new VaultPayload.RegFinish(good.credId(), good.registrationUpload(), otherSuite),
            new VaultPayload.RegFinish(good.credId(), good.registrationUpload(), otherSet),
            new VaultPayload.RegFinish(good.credId(), good.registrationUpload(), otherRecord))) {
      assertThat(refusal(device.send(VaultMessageType.REG_FINISH, bad.encode())))
          .isEqualTo(VaultRefusal.MALFORMED);
    }
    device.receipt(device.send(VaultMessageType.REG_FINISH, good.encode()));
  }

  @Test
  @DisplayName("HK1-V-11: payloads of every other length are refused, uncharged")
  void every_other_length_is_refused() {
    byte[] good =
        new VaultPayload.LoginStart(
                device.fresh(16), credId(), device.startLogin(PASSWORD).ke1().encode())
            .encode();
    for (int length = 0; length < good.length + 2; length += 7) {
      if (length != good.length) {
        assertThat(
                refusal(
                    device.send(
                        VaultMessageType.LOGIN_START, java.util.Arrays.copyOf(good, length))))
            .isEqualTo(VaultRefusal.MALFORMED);
      }
    }
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }
}
