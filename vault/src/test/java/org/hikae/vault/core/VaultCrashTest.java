package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.hikae.crypto.opaque.client.ClientLogin;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.database.InMemoryVaultStore;
import org.hikae.vault.database.InMemoryVaultStore.FailureEffect;
import org.hikae.vault.database.InMemoryVaultStore.FailureMoment;
import org.hikae.vault.database.InMemoryVaultStore.ProcessKilledException;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A whole life of a record, with the vault dying at its first, second, third … write, commit or
 * raise of the anchor, until it lives through. The device sends again what was not answered, as the
 * protocol says, and in the end everything is as if nothing had happened. Budget: 20 seconds.
 */
@DisplayName("HK1-V-05 to V-09, V-16: a crash at every step")
class VaultCrashTest {

  private static final String PASSWORD = "twelve characters";
  private static final String WRONG = "another password!";
  private static final int WRONG_TRIES = 2;

  private VaultFixture fixture;
  private TestDevice device;
  private @Nullable InMemoryVaultStore planned;
  private boolean broke;

  @ParameterizedTest
  @CsvSource({
    "WRITE, KILL",
    "BEFORE_COMMIT, KILL",
    "AFTER_COMMIT, KILL",
    "BEFORE_COMMIT, OUTAGE",
    "AFTER_COMMIT, OUTAGE"
  })
  void at_every_step_of_the_store(FailureMoment moment, FailureEffect effect) {
    broke = true;
    int number = 0;
    while (broke) {
      number++;
      begin();
      fixture.store.breakAt(moment, number, effect);
      planned = fixture.store;
      life();
      fixture.close();
    }
    assertThat(number).as("steps that were broken").isGreaterThan(10);
  }

  @Test
  void at_every_raise_of_the_anchor() {
    broke = true;
    int number = 0;
    while (broke) {
      number++;
      begin();
      int at = number;
      boolean[] happened = new boolean[1];
      fixture.anchor.beforeRaise =
          raise -> {
            if (raise == at) {
              happened[0] = true;
              fixture.store.kill();
              // What the dead process would have done next meets its own death.
              fixture.store.lease();
            }
          };
      life();
      broke = happened[0];
      fixture.close();
    }
    assertThat(number).isGreaterThan(7);
  }

  private void begin() {
    fixture = new VaultFixture();
    device = fixture.device("alice");
  }

  /** Sends again, from a vault started anew where it died, until there is an answer. */
  private VaultReply answered(Supplier<VaultReply> message) {
    while (true) {
      try {
        VaultReply reply = message.get();
        boolean undecided = reply instanceof Refused no && no.refusal() == VaultRefusal.UNAVAILABLE;
        if (!undecided) {
          return reply;
        }
      } catch (ProcessKilledException e) {
        fixture.comeBack();
      }
    }
  }

  private void life() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    byte[] init = device.regInit(registration).encode();
    VaultPayload.RegInitDone begun =
        device.begun(answered(() -> device.send(VaultMessageType.REG_INIT, init)));
    VaultPayload.RegFinish finish = device.regFinish(registration, begun);
    Receipt pending =
        device.receipt(answered(() -> device.send(VaultMessageType.REG_FINISH, finish.encode())));
    byte[] expose = device.expose(begun.credId(), pending).encode();
    device.receipt(answered(() -> device.send(VaultMessageType.EXPOSE, expose)));

    for (int i = 0; i < WRONG_TRIES; i++) {
      started(begun.credId(), WRONG);
    }
    VaultReply opened = null;
    int logins = 0;
    while (!(opened instanceof VaultReply.Done)) {
      Started started = started(begun.credId(), PASSWORD);
      byte[] proof = device.proof(started, Operation.FETCH).encode();
      opened = answered(() -> device.send(VaultMessageType.LOGIN_FINISH, proof));
      logins++;
    }

    if (planned != null) {
      broke = !planned.isBreakAhead();
      planned.breakNever();
    }
    // A lost answer to a proof costs another login, never an attempt.
    assertThat(logins).isLessThanOrEqualTo(2);
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    AttemptCounters attemptCounters = fixture.account("alice").counts();
    assertThat(attemptCounters.consecutive()).isZero();
    assertThat(attemptCounters.lifetime()).isEqualTo(WRONG_TRIES);
  }

  private Started started(byte[] credId, String password) {
    byte[] loginId = device.fresh(16);
    ClientLogin login = device.startLogin(password);
    VaultReply reply = answered(() -> device.restart(loginId, credId, login).reply());
    assertThat(reply).isInstanceOf(VaultReply.Done.class);
    return new Started(loginId, credId, login, login.ke1().encode(), reply);
  }
}
