package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What ten wrong passwords do, and what cannot undo them. */
@DisplayName("HK1-V-08, V-14: lock-out")
class LockOutTest extends RegisteredVaultTestBase {

  private void guessWrong(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(device.start(registered.credId(), WRONG).done().ke2()).isNotEmpty();
    }
  }

  private boolean erased() {
    return fixture.store.transact(rows -> rows.secret(Hash256.of(registered.credId())).isEmpty());
  }

  @Test
  @DisplayName("HK1-V-08: the tenth wrong one locks for good and erases the sealed bytes")
  void the_tenth_wrong_one_locks_and_erases() {
    guessWrong(9);
    assertThat(device.start(registered.credId(), WRONG).done().attemptsLeft()).isZero();

    Refused eleventh = refused(device.start(registered.credId(), PASSWORD).reply());
    fixture.clock.advance(Duration.ofSeconds(61));
    Refused later = refused(device.start(registered.credId(), PASSWORD).reply());

    assertThat(eleventh).isEqualTo(new Refused(VaultRefusal.LOCKED, 0, 0));
    assertThat(later).isEqualTo(eleventh);
    assertThat(erased()).isTrue();
    StatusDone status = device.status();
    assertThat(status.record().state()).isEqualTo(RecordState.LOCKED);
    assertThat(status.attempts().left()).isZero();
    assertThat(device.events()).endsWith(VaultEvent.LOCKED);
    assertThat(device.events()).filteredOn(event -> event == VaultEvent.CHARGED).hasSize(10);
  }

  @Test
  @DisplayName("HK1-V-08: a wrong KE3 for the tenth locks at once")
  void a_failed_tenth_login_locks_at_once() {
    guessWrong(9);
    fixture.clock.advance(Duration.ofSeconds(61));
    Started tenth = device.start(registered.credId(), WRONG);

    Refused failed =
        refused(
            device.send(
                VaultMessageType.LOGIN_FINISH, device.wrongProof(tenth.loginId()).encode()));

    assertThat(failed).isEqualTo(new Refused(VaultRefusal.LOCKED, 0, 0));
    assertThat(erased()).isTrue();
  }

  @Test
  @DisplayName("HK1-V-08: a wrong KE3 for the tenth leaves the ninth its minute")
  void a_failed_tenth_login_leaves_the_ninth_open() {
    guessWrong(8);
    fixture.clock.advance(Duration.ofSeconds(61));
    Started ninth = device.start(registered.credId(), PASSWORD);
    Started tenth = device.start(registered.credId(), WRONG);

    Refused failed =
        refused(
            device.send(
                VaultMessageType.LOGIN_FINISH, device.wrongProof(tenth.loginId()).encode()));

    assertThat(failed).isEqualTo(new Refused(VaultRefusal.LOGIN_FAILED, 0, 0));
    assertThat(erased()).isFalse();
    TestDevice.payload(device.finish(ninth, Operation.FETCH));
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-08: the tenth right one opens")
  void the_tenth_right_one_opens() {
    guessWrong(9);
    Started tenth = device.start(registered.credId(), PASSWORD);
    assertThat(refused(device.start(registered.credId(), PASSWORD).reply()).refusal())
        .isEqualTo(VaultRefusal.LOCKED);

    TestDevice.payload(device.finish(tenth, Operation.FETCH));

    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-08: nobody has to ask: the sweep locks when the last login has run out")
  void the_sweep_locks() {
    guessWrong(10);
    fixture.vault.sweep();
    assertThat(erased()).as("the tenth may still be proven right").isFalse();

    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.vault.sweep();

    assertThat(erased()).isTrue();
    LedgerEntry locked = device.status().receipts().getLast().entry();
    assertThat(locked.subject().deviceId()).isEqualTo(device.deviceId());
    long week = Duration.ofDays(7).toSeconds();
    long endOfWeek = (fixture.clock.instant().getEpochSecond() / week + 1) * week;
    assertThat(locked.dueSeconds())
        .as("when no copy opens any more")
        .isEqualTo(endOfWeek + VaultFixture.RETENTION.toSeconds());
  }

  @Test
  @DisplayName("HK1-V-08, V-36: a lock-out ends a freeze, which was of the record that is gone")
  void a_lock_out_ends_a_freeze() {
    guessWrong(10);
    device.receipt(device.order(Order.FREEZE, NO_ARGUMENT));
    assertThat(device.status().record().frozen()).isTrue();
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.vault.sweep();

    assertThat(device.status().record().state()).isEqualTo(RecordState.LOCKED);
    assertThat(device.status().record().frozen()).isFalse();
  }

  @Test
  @DisplayName("HK1-V-08: 64 LoginStarts at once are answered exactly ten times")
  void sixty_four_at_once_are_answered_ten_times() throws Exception {
    int guesses = 64;
    CountDownLatch go = new CountDownLatch(1);
    List<Future<VaultReply>> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(guesses)) {
      for (int i = 0; i < guesses; i++) {
        String guess = "guess number " + i;
        replies.add(
            threads.submit(
                () -> {
                  go.await();
                  return device.start(registered.credId(), guess).reply();
                }));
      }
      go.countDown();
    }
    int answered = 0;
    for (Future<VaultReply> reply : replies) {
      if (reply.get() instanceof VaultReply.Done) {
        answered++;
      } else {
        assertThat(refused(reply.get()).refusal()).isEqualTo(VaultRefusal.LOCKED);
      }
    }

    assertThat(answered).isEqualTo(10);
    assertThat(fixture.root.evaluations()).isEqualTo(10 + 1); // and one at the registration
  }

  @Test
  @DisplayName(
      "HK1-V-14: registering anew without a login refills nothing, owner or not, set or not")
  void registration_does_not_refill() {
    guessWrong(6);
    Registered again = device.register("yet another password");
    assertThat(device.attemptsLeft()).isEqualTo(4);
    assertThat(again.exposed().entry().event()).isEqualTo(VaultEvent.REPLACE_ANNOUNCED);
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    assertThat(device.attemptsLeft()).isEqualTo(4);
    TestDevice otherSet = fixture.device("alice");
    Registered third = otherSet.register("yet another password");
    fixture.clock.advance(VaultLimits.NEWCOMER_DELAY);

    assertThat(otherSet.attemptsLeft()).isEqualTo(4);
    assertThat(otherSet.start(third.credId(), WRONG).done().attemptsLeft()).isEqualTo(3);
    assertThat(refused(device.start(again.credId(), WRONG).reply()).refusal())
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-14: counts are the employee's own: nobody else's record is touched")
  void counts_belong_to_the_employee() {
    TestDevice bob = fixture.device("bob");
    Registered bobs = bob.register(PASSWORD);
    guessWrong(10);
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.vault.sweep();

    assertThat(bob.attemptsLeft()).isEqualTo(10);
    assertThat(bob.login(bobs.credId(), PASSWORD)).isEqualTo(bobs.wrap());
  }

  @Test
  @DisplayName("HK1-V-14: after a lock-out a device with K registers anew; the lifetime goes on")
  void a_new_record_after_lock_out() {
    guessWrong(10);
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.vault.sweep();

    Registered again = device.register("yet another password");

    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(device.login(again.credId(), "yet another password")).isEqualTo(again.wrap());
    assertThat(fixture.account("alice").counts().lifetime()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-14: a replacement due while the tenth is open locks the old record")
  void replacing_a_used_up_record_locks_it() {
    Registered again = device.register("yet another password");
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY.minusSeconds(10));
    guessWrong(10);
    fixture.clock.advance(Duration.ofSeconds(10));

    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(device.events()).contains(VaultEvent.LOCKED);
    assertThat(refused(device.start(registered.credId(), PASSWORD).reply()).refusal())
        .isEqualTo(VaultRefusal.LOCKED);
    assertThat(device.login(again.credId(), "yet another password")).isEqualTo(again.wrap());
  }

  @Test
  @DisplayName("HK1-V-08: an outage of the root key charges nothing, however often")
  void outages_charge_nothing() {
    fixture.root.failing = true;
    for (int i = 0; i < 12; i++) {
      assertThat(refused(device.start(registered.credId(), PASSWORD).reply()).refusal())
          .isEqualTo(VaultRefusal.UNAVAILABLE);
    }
    fixture.root.failing = false;

    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(Collections.frequency(device.events(), VaultEvent.CHARGED)).isEqualTo(12);
    assertThat(Collections.frequency(device.events(), VaultEvent.VOIDED)).isEqualTo(12);
    Account account = fixture.account("alice");
    assertThat(account.set(Id128.of(device.setId)).orElseThrow().trust().failures())
        .as("else a renewal would forgive as many failures at others")
        .isZero();
  }

  @Test
  @DisplayName("HK1-V-06: an unfinished registration is given up, what no rule needs is forgotten")
  void old_things_are_forgotten() {
    guessWrong(3);
    device.registerPending(PASSWORD);
    fixture.clock.advance(VaultLimits.FORGET_AFTER);
    assertThat(device.status().record().credId()).isEqualTo(Hash256.of(registered.credId()));

    fixture.vault.sweep();

    assertThat(device.events()).endsWith(VaultEvent.RETIRED);
    assertThat(fixture.account("alice").newest(RecordStage.PENDING)).isEmpty();
    assertThat(fixture.account("alice").lastAttempt(Hash256.of(registered.credId()))).isEmpty();
    assertThat(device.attemptsLeft()).isEqualTo(7);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }
}
