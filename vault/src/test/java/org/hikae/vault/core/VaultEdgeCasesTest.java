package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.group.Element;
import org.hikae.crypto.group.Scalar;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Attempt;
import org.hikae.vault.account.Id128;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.testing.InstrumentedRootKey;
import org.hikae.vault.testing.RecordedLog;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Races, outages and impossible rows, one by one. */
@DisplayName("HK1-V-05, V-08, V-09, V-14: edges")
class VaultEdgeCasesTest extends RegisteredVaultTestBase {

  @Test
  @DisplayName("HK1-V-08: an evaluation that takes longer than the login's minute gives no KE2")
  void an_attempt_that_ran_out_meanwhile_is_not_answered() {
    fixture.root.beforeNextEvaluation(
        () -> {
          fixture.clock.advance(Duration.ofSeconds(61));
          fixture.vault.sweep();
        });

    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: an outage of one repeat does not void a charge that another answered")
  void an_answered_charge_is_never_voided() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    AtomicBoolean answered = new AtomicBoolean();
    fixture.root.beforeNextEvaluation(
        () -> {
          answered.set(device.restart(loginId, registered.credId(), login).ke2().length > 0);
          throw new UnavailableException("The token went away.", null);
        });

    VaultReply outage = device.restart(loginId, registered.credId(), login).reply();

    assertThat(refusal(outage)).isEqualTo(VaultRefusal.UNAVAILABLE);
    assertThat(answered).isTrue();
    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-08: a charge voided by one repeat's outage takes the other's KE2 with it")
  void a_voided_charge_is_not_answered() {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    fixture.root.beforeNextEvaluation(
        () -> {
          fixture.root.failing = true;
          device.restart(loginId, registered.credId(), login);
          fixture.root.failing = false;
        });

    VaultReply reply = device.restart(loginId, registered.credId(), login).reply();

    assertThat(refusal(reply)).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "60, 10", "61, 9"})
  @DisplayName("HK1-V-08: a charge can be voided for a minute, whoever else is charged meanwhile")
  void a_charge_is_known_for_a_minute(long seconds, int left) {
    TestDevice bob = fixture.device("bob");
    Registered bobs = bob.register(PASSWORD);
    fixture.root.beforeNextEvaluation(
        () -> {
          fixture.clock.advance(Duration.ofSeconds(seconds));
          bob.start(bobs.credId(), PASSWORD);
          fixture.root.failing = true;
        });
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.UNAVAILABLE);
    fixture.root.failing = false;

    assertThat(device.attemptsLeft()).isEqualTo(left);
  }

  @Test
  @DisplayName("HK1-V-08: when both of two repeats meet the outage, the charge is voided once")
  void a_charge_is_voided_once() {
    device.start(registered.credId(), "wrong");
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(PASSWORD);
    fixture.root.beforeNextEvaluation(
        () -> {
          fixture.root.failing = true;
          device.restart(loginId, registered.credId(), login);
        });
    device.restart(loginId, registered.credId(), login);
    fixture.root.failing = false;

    assertThat(device.attemptsLeft()).isEqualTo(9);
  }

  @Test
  @DisplayName("HK1-V-09: KE3 before any KE2 was made is refused")
  void ke3_before_ke2_is_refused() {
    byte[] loginId = device.fresh(16);
    fixture.root.beforeNextEvaluation(
        () -> {
          throw new IllegalStateException("killed here");
        });
    device.restart(loginId, registered.credId(), device.startLogin(PASSWORD));

    assertThat(
            refusal(
                device.send(VaultMessageType.LOGIN_FINISH, device.wrongProof(loginId).encode())))
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-08: a record that ends while its login is evaluated gives no KE2")
  void a_record_that_ends_meanwhile_gives_no_ke2() {
    Started other = device.start(registered.credId(), PASSWORD);
    fixture.root.beforeNextEvaluation(() -> device.finish(other, Operation.RETIRE));

    assertThat(device.start(registered.credId(), PASSWORD).ke2()).isNotEmpty();
    assertThat(device.status().record().state()).isEqualTo(RecordState.RETIRED);
  }

  @Test
  @DisplayName("HK1-V-08: a loginId used on one record is not taken for another")
  void a_login_belongs_to_its_record() {
    Registered next = device.registerPending(PASSWORD);
    Started started = device.start(registered.credId(), PASSWORD);
    Started second = device.start(registered.credId(), PASSWORD);
    device.send(
        VaultMessageType.LOGIN_FINISH,
        device.proof(started, Operation.REPLACE, next.credId()).encode());

    Started crossed = device.restart(second.loginId(), next.credId(), second.login());

    assertThat(refusal(crossed.reply())).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refusal(device.finish(second, Operation.FETCH))).isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-08: one's own record under another set looks like none")
  void another_set_looks_like_none() {
    device.setId = device.fresh(16);

    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName(
      "HK1-V-08: when every login is closed, the last wrong KE3 locks and names the caller")
  void all_closed_locks_at_once() {
    for (int i = 0; i < 10; i++) {
      Started started = device.start(registered.credId(), "wrong");
      byte[] finish = device.wrongProof(started.loginId()).encode();
      VaultRefusal refusal = refusal(device.send(VaultMessageType.LOGIN_FINISH, finish));
      assertThat(refusal).isEqualTo(i < 9 ? VaultRefusal.LOGIN_FAILED : VaultRefusal.LOCKED);
    }
    assertThat(device.status().record().state()).isEqualTo(RecordState.LOCKED);
  }

  @Test
  @DisplayName("HK1-V-04: a channel key that does not answer is UNAVAILABLE, in clear")
  void a_channel_outage_is_unavailable() {
    RootKey noChannel =
        new InstrumentedRootKey(fixture.root) {
          @Override
          public DhKey channel() {
            return new DhKey() {
              @Override
              public Element publicKey() {
                return fixture.root.channel().publicKey();
              }

              @Override
              public Element agree(Element peer) {
                throw new UnavailableException("The token went away.", null);
              }
            };
          }
        };
    fixture.restart(noChannel);

    try (RecordedLog log = new RecordedLog(VaultCore.class.getName())) {
      assertThat(
              refusal(
                  device.send(
                      VaultMessageType.STATUS, new VaultPayload.Status(new byte[16], 0).encode())))
          .isEqualTo(VaultRefusal.UNAVAILABLE);
      assertThat(log.at(Level.SEVERE))
          .containsExactly("The root key does not answer: The token went away.");
    }
  }

  @Test
  @DisplayName("HK1-V-05: sealed bytes of another shape are refused after they opened")
  void sealed_bytes_of_another_shape_are_refused() {
    RecordSealer seal =
        new RecordSealer(fixture.root, fixture.epochs, VaultFixture.TENANT, fixture.random);
    Hash256 credId = Hash256.of(registered.credId());
    Secret kept = fixture.store.transact(rows -> rows.secret(credId).orElseThrow());
    Hash256 expected = fixture.account("alice").record(credId).orElseThrow().origin().uploadHash();
    RecordSealer.RecordSecrets secrets = seal.open(kept, expected);
    Secret tooLong =
        seal.seal(
            credId,
            kept.epoch(),
            new RecordSealer.RecordSecrets(secrets.factor(), new byte[200], new byte[0]));
    Secret begun =
        seal.seal(
            credId,
            kept.epoch(),
            new RecordSealer.RecordSecrets(secrets.factor(), new byte[0], new byte[0]));
    Secret tooShort = new Secret(credId, kept.epoch(), new byte[3]);

    for (Secret bad : new Secret[] {tooLong, begun, tooShort}) {
      assertThatThrownBy(() -> seal.open(bad, expected)).isInstanceOf(TamperedException.class);
    }
    assertThat(seal.open(begun, Hash256.ZERO).upload()).isEmpty();
    assertThat(kept).hasToString("Secret(" + kept.epoch() + ")");
  }

  @Test
  @DisplayName("HK1-V-06: a kept upload that is no upload is an alarm")
  void a_kept_upload_that_is_none_is_an_alarm() {
    VaultOpaqueEvaluator keys =
        new VaultOpaqueEvaluator(fixture.root, VaultFixture.TENANT, fixture.random);
    RecordSealer.RecordSecrets bad =
        new RecordSealer.RecordSecrets(Scalar.random(fixture.random), new byte[3], new byte[0]);
    byte[] ke1 = device.startLogin(PASSWORD).ke1().encode();

    assertThatThrownBy(() -> keys.answer(ke1, bad, Id128.NONE))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  @DisplayName("HK1-V-09: a sealed login of another shape is refused, and nothing prints secrets")
  void a_sealed_login_of_another_shape_is_refused() {
    RecordSealer seal =
        new RecordSealer(fixture.root, fixture.epochs, VaultFixture.TENANT, fixture.random);
    Hash256 employee = VaultFixture.employee("alice");
    Attempt attempt =
        new Attempt(
            Id128.NONE, Hash256.of(registered.credId()), Hash256.ZERO, Id128.NONE, 1, 0, true);
    RecordSealer.LoginSecrets login =
        new RecordSealer.LoginSecrets(new byte[5], SecretBytes.copyOf(new byte[64]));
    Secret sealed = seal.seal(employee, attempt, login);

    assertThatThrownBy(() -> seal.open(employee, attempt, sealed))
        .isInstanceOf(TamperedException.class);
    assertThat(login).hasToString("LoginSecrets(REDACTED)");
    assertThat(
            new RecordSealer.RecordSecrets(Scalar.random(fixture.random), new byte[0], new byte[0]))
        .hasToString("RecordSecrets(REDACTED)");
  }
}
