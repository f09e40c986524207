package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.RecordStage;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.RegisteredVaultTestBase;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.wire.LedgerEntry.Detail;
import org.hikae.vault.wire.OwnerOrder.Order;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What owners order, what logins order, and what is announced before it destroys. */
@DisplayName("HK1-V-09, V-14, V-18: orders")
class OwnerOrderHandlerTest extends RegisteredVaultTestBase {

  private static final String NEXT = "another password!";

  private VaultEvent done(Order order) {
    return device.receipt(device.order(order, NO_ARGUMENT)).entry().event();
  }

  private VaultReply inLogin(Operation operation, byte[] argument) {
    Started started = device.start(registered.credId(), PASSWORD);
    return device.send(
        VaultMessageType.LOGIN_FINISH, device.proof(started, operation, argument).encode());
  }

  @Test
  @DisplayName("HK1-V-18: a frozen record answers no attempt, at no cost, until it is unfrozen")
  void freeze_and_unfreeze() {
    assertThat(done(Order.FREEZE)).isEqualTo(VaultEvent.FROZEN);
    assertThat(device.status().record().frozen()).isTrue();
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.FROZEN);

    assertThat(done(Order.UNFREEZE)).isEqualTo(VaultEvent.UNFROZEN);
    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(refusal(device.order(Order.UNFREEZE, NO_ARGUMENT)))
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  @DisplayName("HK1-V-18: an order is the owner's, for this set, and serves once")
  void an_order_is_the_owners_and_serves_once(Order order) {
    byte[] argument =
        order == Order.HAND_OVER
            ? SigningKey.generate(fixture.random).publicKey().encode()
            : NO_ARGUMENT;
    SigningKey owner = device.ownerKey;
    device.ownerKey = SigningKey.generate(fixture.random);
    assertThat(refusal(device.order(order, argument))).isEqualTo(VaultRefusal.OWNER_REFUSED);
    device.ownerKey = owner;
    byte[] setId = device.setId;
    device.setId = device.fresh(16);
    assertThat(refusal(device.order(order, argument))).isEqualTo(VaultRefusal.NO_RECORD);
    device.setId = setId;
    Hash256 nonce = device.status().orderNonce();
    device.start(registered.credId(), NEXT);
    assertThat(refusal(device.order(order, argument, nonce))).isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @ParameterizedTest
  @EnumSource(names = {"DELETE", "HAND_OVER"})
  @DisplayName("HK1-V-18: what cannot be taken back needs a fresh sign-in beside the owner key")
  void what_cannot_be_taken_back_needs_a_fresh_sign_in(Order order) {
    TestDevice later = fixture.unattended("alice").speakingFor(device);
    byte[] argument =
        order == Order.HAND_OVER
            ? SigningKey.generate(fixture.random).publicKey().encode()
            : NO_ARGUMENT;

    assertThat(refusal(later.order(order, argument))).isEqualTo(VaultRefusal.REAUTHENTICATE);

    assertThat(device.status().announced().what()).isEqualTo(Announcement.NONE);
    assertThat(done(Order.FREEZE)).as("by the same owner key").isEqualTo(VaultEvent.FROZEN);
  }

  @Test
  @DisplayName("HK1-V-18: Delete is announced with its date, and done after 72 hours")
  void delete_is_announced() {
    Receipt receipt = device.receipt(device.order(Order.DELETE, NO_ARGUMENT));
    Instant due = fixture.clock.instant().plus(VaultLimits.OWNER_DELAY);
    assertThat(receipt.entry().event()).isEqualTo(VaultEvent.DELETE_ANNOUNCED);
    assertThat(receipt.entry().dueSeconds()).isEqualTo(due.getEpochSecond());
    assertThat(device.status().announced().what()).isEqualTo(Announcement.DELETE);
    assertThat(device.status().announced().dueSeconds()).isEqualTo(due.getEpochSecond());
    assertThat(refusal(device.order(Order.DELETE, NO_ARGUMENT)))
        .isEqualTo(VaultRefusal.WRONG_STATE);
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY.minusSeconds(1));
    fixture.vault.sweep();
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());

    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    fixture.vault.sweep();
    assertThat(fixture.account("alice").newest(RecordStage.ACTIVE)).isEmpty();
    assertThat(device.status().record().state()).isEqualTo(RecordState.RETIRED);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.NONE);
  }

  @Test
  @DisplayName("HK1-V-18: what is announced can be vetoed by the owner and by a login")
  void announcements_can_be_vetoed() {
    assertThat(refusal(device.order(Order.VETO, NO_ARGUMENT))).isEqualTo(VaultRefusal.WRONG_STATE);
    done(Order.DELETE);
    assertThat(done(Order.VETO)).isEqualTo(VaultEvent.VETOED);
    done(Order.DELETE);
    assertThat(inLogin(Operation.VETO, NO_ARGUMENT)).isInstanceOf(VaultReply.Done.class);
    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-07: a thief of the sign-on cannot replace the record: its owner vetoes")
  void a_replacement_by_another_set_is_vetoed_by_the_owner() {
    TestDevice thief = fixture.device("alice");
    Registered theirs = thief.register("the thief's own password");
    assertThat(theirs.exposed().entry().event()).isEqualTo(VaultEvent.REPLACE_ANNOUNCED);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.REPLACE);
    assertThat(refusal(thief.order(Order.VETO, NO_ARGUMENT))).isEqualTo(VaultRefusal.NO_RECORD);

    done(Order.VETO);
    assertThat(device.events())
        .as("what was vetoed is gone at once")
        .endsWith(VaultEvent.VETOED, VaultEvent.RETIRED);
    fixture.clock.advance(VaultLimits.NEWCOMER_DELAY);

    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(refusal(thief.start(theirs.credId(), "the thief's own password").reply()))
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-07: one replacement is announced at a time")
  void one_replacement_at_a_time() {
    Registered first = device.register(NEXT);
    TestDevice other = fixture.device("alice");
    Registered pending = other.registerPending("yet another password");

    VaultReply second =
        other.send(
            VaultMessageType.EXPOSE, other.expose(pending.credId(), pending.pending()).encode());
    VaultReply again =
        device.send(
            VaultMessageType.EXPOSE, device.expose(first.credId(), first.pending()).encode());

    assertThat(refusal(second)).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(device.receipt(again).signedBytes()).isEqualTo(first.exposed().signedBytes());
  }

  @Test
  @DisplayName(
      "HK1-V-09, V-14: a new password inside a login replaces at once and starts counts anew")
  void replace_inside_a_login() {
    for (int i = 0; i < 5; i++) {
      device.start(registered.credId(), NEXT);
    }
    Registered next = device.registerPending(NEXT);
    assertThat(inLogin(Operation.REPLACE, next.credId())).isInstanceOf(VaultReply.Done.class);

    assertThat(device.events()).endsWith(VaultEvent.OPENED, VaultEvent.RETIRED, VaultEvent.ACTIVE);
    Receipt exposed =
        device.receipt(
            device.send(
                VaultMessageType.EXPOSE, device.expose(next.credId(), next.pending()).encode()));
    assertThat(exposed.entry().event())
        .as("the row that the record names")
        .isEqualTo(VaultEvent.ACTIVE);
    assertThat(device.attemptsLeft()).isEqualTo(10);
    assertThat(fixture.account("alice").counts().lifetime()).isZero();
    assertThat(device.login(next.credId(), NEXT)).isEqualTo(next.wrap());
    assertThat(refusal(device.start(registered.credId(), PASSWORD).reply()))
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-09: REPLACE takes a PENDING record of this set and nothing else")
  void replace_needs_a_pending_record() {
    Registered foreign = fixture.device("bob").registerPending(PASSWORD);
    byte[][] arguments = {
      NO_ARGUMENT, device.fresh(31), device.fresh(32), foreign.credId(), registered.credId()
    };
    VaultRefusal[] expected = {
      VaultRefusal.MALFORMED,
      VaultRefusal.MALFORMED,
      VaultRefusal.NO_RECORD,
      VaultRefusal.NO_RECORD,
      VaultRefusal.WRONG_STATE
    };
    for (int i = 0; i < arguments.length; i++) {
      assertThat(refusal(inLogin(Operation.REPLACE, arguments[i]))).isEqualTo(expected[i]);
    }
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-09: an operation that takes no argument is refused with one, and not done")
  void no_operation_is_done_with_an_argument_that_it_does_not_take() {
    for (Operation operation : List.of(Operation.FETCH, Operation.RETIRE, Operation.VETO)) {
      assertThat(refusal(inLogin(operation, device.fresh(32))))
          .as("%s", operation)
          .isEqualTo(VaultRefusal.MALFORMED);
    }
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-09: retiring inside a login takes what was announced about it along")
  void retire_ends_announcements() {
    done(Order.DELETE);
    done(Order.FREEZE);
    done(Order.UNFREEZE);
    assertThat(inLogin(Operation.RETIRE, NO_ARGUMENT)).isInstanceOf(VaultReply.Done.class);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.NONE);
    assertThat(refusal(device.order(Order.FREEZE, NO_ARGUMENT))).isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-09: when the old record is retired early, the announced one still comes")
  void an_announced_replacement_survives_the_old_record() {
    Registered next = device.register(NEXT);
    assertThat(inLogin(Operation.RETIRE, NO_ARGUMENT)).isInstanceOf(VaultReply.Done.class);
    assertThat(device.hear().announced().what()).isEqualTo(Announcement.REPLACE);
    fixture.clock.advance(VaultLimits.OWNER_DELAY);
    assertThat(device.login(next.credId(), NEXT)).isEqualTo(next.wrap());
  }

  @Test
  @DisplayName("HK1-V-18: the owner key is handed over by the old one, and only by it")
  void the_owner_key_is_handed_over() {
    SigningKey old = device.ownerKey;
    SigningKey heir = SigningKey.generate(fixture.random);
    assertThat(refusal(device.order(Order.HAND_OVER, new byte[91])))
        .isEqualTo(VaultRefusal.MALFORMED);
    Receipt receipt = device.receipt(device.order(Order.HAND_OVER, heir.publicKey().encode()));
    assertThat(receipt.entry().detail()).isEqualTo(Detail.owner(heir.publicKey().encode()));
    assertThat(refusal(device.order(Order.FREEZE, NO_ARGUMENT)))
        .isEqualTo(VaultRefusal.OWNER_REFUSED);

    device.ownerKey = heir;
    assertThat(done(Order.FREEZE)).isEqualTo(VaultEvent.FROZEN);
    device.ownerKey = old;
    assertThat(refusal(device.witness(1, Hash256.ZERO))).isEqualTo(VaultRefusal.OWNER_REFUSED);
  }

  @Test
  @DisplayName("HK1-V-18: what is announced about one record outlives the end of another")
  void an_announced_delete_survives_an_abandoned_registration() {
    done(Order.DELETE);
    device.registerPending(NEXT);
    device.registerPending(NEXT);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.DELETE);
    fixture.clock.advance(VaultLimits.FORGET_AFTER);
    fixture.vault.sweep();
    assertThat(device.events()).endsWith(VaultEvent.RETIRED);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.DELETE);
  }

  @Test
  @DisplayName("HK1-V-08, V-18: a lock-out comes before what is announced, and ends it")
  void a_lock_out_ends_an_announced_delete() {
    done(Order.DELETE);
    device.registerPending(NEXT);
    for (int i = 0; i < 10; i++) {
      device.start(registered.credId(), NEXT);
    }
    fixture.clock.advance(VaultLimits.LOGIN_WINDOW.plusMillis(1));
    fixture.vault.sweep();

    assertThat(fixture.account("alice").newest(RecordStage.ACTIVE)).isEmpty();
    assertThat(fixture.account("alice").newest(RecordStage.PENDING)).isPresent();
    assertThat(device.status().announced().what()).isEqualTo(Announcement.NONE);
  }
}
