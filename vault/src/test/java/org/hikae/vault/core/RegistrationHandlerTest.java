package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hikae.crypto.opaque.client.ClientRegistration;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.testing.VaultTestBase;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.RecordState;
import org.hikae.vault.wire.StatusDone.Announcement;
import org.hikae.vault.wire.VaultEvent;
import org.hikae.vault.wire.VaultMessageType;
import org.hikae.vault.wire.VaultPayload;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Registration in three phases. */
@DisplayName("HK1-V-05, V-06, V-07, V-12, V-14: registration")
class RegistrationHandlerTest extends VaultTestBase {

  @Test
  @DisplayName("HK1-V-07: registered, exposed, and one real login opens the wrap")
  void a_registration_ends_with_a_login_that_fetches_the_wrap() {
    Registered registered = device.register(PASSWORD);

    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
    assertThat(device.status().record().state()).isEqualTo(RecordState.ACTIVE);
  }

  @Test
  @DisplayName("HK1-V-12: receipts say what was sent, and are signed by the card's identity key")
  void receipts_repeat_every_field() {
    Registered registered = device.register(PASSWORD);

    for (Receipt receipt : new Receipt[] {registered.pending(), registered.exposed()}) {
      assertThat(receipt.tenant()).isEqualTo(VaultFixture.TENANT);
      LedgerEntry entry = receipt.entry();
      assertThat(entry.subject().employee()).isEqualTo(VaultFixture.employee("alice"));
      assertThat(entry.subject().setId()).isEqualTo(device.setId);
      assertThat(entry.subject().credId()).isEqualTo(Hash256.of(registered.credId()));
      assertThat(entry.subject().deviceId()).isEqualTo(device.deviceId());
      assertThat(entry.detail())
          .isEqualTo(
              LedgerEntry.Detail.registration(
                  Hash256.sha256(registered.upload()),
                  Hash256.sha256(registered.wrap()),
                  device.ownerKey.publicKey().encode()));
      assertThat(entry.atMillis()).isEqualTo(fixture.clock.instant().toEpochMilli());
    }
    assertThat(registered.pending().entry().event()).isEqualTo(VaultEvent.PENDING);
    assertThat(registered.exposed().entry().event()).isEqualTo(VaultEvent.ACTIVE);
    assertThat(registered.exposed().entry().employeePrevious())
        .isEqualTo(registered.pending().entry().seq());
  }

  @Test
  @DisplayName(
      "HK1-V-05: the same idempotency key and request get the same answer, after a restart")
  void regInit_is_idempotent() {
    byte[] message = device.regInit(device.startRegistration(PASSWORD)).encode();
    byte[] first = TestDevice.payload(device.send(VaultMessageType.REG_INIT, message));

    fixture.restart();
    byte[] second = TestDevice.payload(device.send(VaultMessageType.REG_INIT, message));

    assertThat(second).isEqualTo(first);
  }

  @Test
  @DisplayName("HK1-V-05: credId and r_u are fresh: another key gives another record and answer")
  void each_regInit_draws_afresh() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    VaultPayload.RegInitDone first =
        device.begun(device.send(VaultMessageType.REG_INIT, device.regInit(registration).encode()));
    VaultPayload.RegInitDone second =
        device.begun(device.send(VaultMessageType.REG_INIT, device.regInit(registration).encode()));

    assertThat(second.credId()).isNotEqualTo(first.credId());
    assertThat(second.registrationResponse()).isNotEqualTo(first.registrationResponse());
  }

  @Test
  @DisplayName("HK1-V-05: one credId evaluates one request: another under the same key is refused")
  void another_request_under_the_same_key_is_refused_without_evaluation() {
    VaultPayload.RegInit first = device.regInit(device.startRegistration(PASSWORD));
    device.send(VaultMessageType.REG_INIT, first.encode());
    int evaluations = fixture.root.evaluations();

    VaultPayload.RegInit other =
        new VaultPayload.RegInit(
            first.idempotencyKey(),
            device.startRegistration(PASSWORD).request().encode(),
            first.ownerKey());
    VaultPayload.RegInit otherOwner =
        new VaultPayload.RegInit(
            first.idempotencyKey(),
            first.registrationRequest(),
            SigningKey.generate(fixture.random).publicKey().encode());

    assertThat(refused(device.send(VaultMessageType.REG_INIT, other.encode())).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refused(device.send(VaultMessageType.REG_INIT, otherOwner.encode())).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
    device.setId = device.fresh(16);
    assertThat(refused(device.send(VaultMessageType.REG_INIT, first.encode())).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
  }

  @Test
  @DisplayName("HK1-V-05: after Expose the RegInit that began the record is no longer answered")
  void regInit_is_not_repeated_after_expose() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    byte[] init = device.regInit(registration).encode();
    VaultPayload.RegInitDone begun = device.begun(device.send(VaultMessageType.REG_INIT, init));
    Receipt pending =
        device.receipt(
            device.send(
                VaultMessageType.REG_FINISH, device.regFinish(registration, begun).encode()));
    assertThat(device.begun(device.send(VaultMessageType.REG_INIT, init)).credId())
        .isEqualTo(begun.credId());

    device.send(VaultMessageType.EXPOSE, device.expose(begun.credId(), pending).encode());

    assertThat(refused(device.send(VaultMessageType.REG_INIT, init)).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-05: one unfinished registration per employee: a new one destroys the old one")
  void a_new_regInit_abandons_the_unfinished_one() {
    Registered first = device.registerPending(PASSWORD);
    Registered second = device.registerPending(PASSWORD);

    assertThat(
            refused(
                    device.send(
                        VaultMessageType.EXPOSE,
                        device.expose(first.credId(), first.pending()).encode()))
                .refusal())
        .isEqualTo(VaultRefusal.NO_RECORD);
    assertThat(device.status().record().credId()).isEqualTo(Hash256.of(second.credId()));
    assertThat(device.status().record().state()).isEqualTo(RecordState.PENDING);
    assertThat(device.events())
        .containsExactly(
            VaultEvent.CLAIMED,
            VaultEvent.BEGUN,
            VaultEvent.PENDING,
            VaultEvent.RETIRED,
            VaultEvent.BEGUN,
            VaultEvent.PENDING);
  }

  @Test
  @DisplayName("HK1-V-05: ten RegInit a day, the eleventh is refused, the next day they go on")
  void ten_registrations_a_day() {
    for (int i = 0; i < VaultLimits.REGISTRATIONS_A_DAY; i++) {
      device.begun(
          device.send(
              VaultMessageType.REG_INIT,
              device.regInit(device.startRegistration(PASSWORD)).encode()));
    }
    byte[] eleventh = device.regInit(device.startRegistration(PASSWORD)).encode();
    int evaluations = fixture.root.evaluations();

    Refused refused = refused(device.send(VaultMessageType.REG_INIT, eleventh));
    TestDevice otherSet = fixture.device("alice");
    Refused alsoRefused =
        refused(
            otherSet.send(
                VaultMessageType.REG_INIT,
                otherSet.regInit(otherSet.startRegistration(PASSWORD)).encode()));

    assertThat(refused.refusal()).isEqualTo(VaultRefusal.LIMIT);
    assertThat(refused.retryAfterSeconds()).isEqualTo(VaultLimits.DAY.toSeconds());
    assertThat(alsoRefused.refusal()).isEqualTo(VaultRefusal.LIMIT);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
    fixture.clock.advance(Duration.ofDays(1).plusSeconds(1));
    device.begun(device.send(VaultMessageType.REG_INIT, eleventh));
  }

  @Test
  @DisplayName("HK1-V-06: RegFinish again gets the same receipt; with other bytes it is refused")
  void regFinish_is_idempotent() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    VaultPayload.RegInitDone begun =
        device.begun(device.send(VaultMessageType.REG_INIT, device.regInit(registration).encode()));
    VaultPayload.RegFinish finish = device.regFinish(registration, begun);
    Receipt first = device.receipt(device.send(VaultMessageType.REG_FINISH, finish.encode()));

    fixture.clock.advance(Duration.ofMinutes(3));
    Receipt again = device.receipt(device.send(VaultMessageType.REG_FINISH, finish.encode()));
    VaultReply otherWrap =
        device.send(
            VaultMessageType.REG_FINISH,
            new VaultPayload.RegFinish(
                    finish.credId(), finish.registrationUpload(), device.wrapFor(finish.credId()))
                .encode());
    VaultReply otherUpload =
        device.send(VaultMessageType.REG_FINISH, device.regFinish(registration, begun).encode());

    assertThat(again.signedBytes()).isEqualTo(first.signedBytes());
    assertThat(refused(otherWrap).refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refused(otherUpload).refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-06: RegFinish and Expose need a record in the right stage")
  void phases_keep_their_order() {
    VaultPayload.RegInitDone begun =
        device.begun(
            device.send(
                VaultMessageType.REG_INIT,
                device.regInit(device.startRegistration(PASSWORD)).encode()));
    Registered other = fixture.device("bob").registerPending(PASSWORD);
    VaultReply exposeTooEarly =
        device.send(
            VaultMessageType.EXPOSE, device.expose(begun.credId(), other.pending()).encode());
    Registered active = device.register(PASSWORD);
    ClientRegistration registration = device.startRegistration(PASSWORD);
    VaultPayload.RegInitDone next =
        device.begun(device.send(VaultMessageType.REG_INIT, device.regInit(registration).encode()));
    VaultPayload.RegFinish finish = device.regFinish(registration, next);
    VaultReply finishActive =
        device.send(
            VaultMessageType.REG_FINISH,
            new VaultPayload.RegFinish(active.credId(), finish.registrationUpload(), active.wrap())
                .encode());

    assertThat(refused(exposeTooEarly).refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(refused(finishActive).refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-06: a PENDING record answers no LoginStart, and charges nothing")
  void pending_answers_no_login() {
    Registered pending = device.registerPending(PASSWORD);
    int evaluations = fixture.root.evaluations();

    Refused refused = refused(device.start(pending.credId(), PASSWORD).reply());

    assertThat(refused.refusal()).isEqualTo(VaultRefusal.WRONG_STATE);
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
    assertThat(device.attemptsLeft()).isEqualTo(10);
  }

  @Test
  @DisplayName("HK1-V-07: Expose takes the owner's signature over this record's receipt only")
  void expose_needs_the_owner() {
    Registered pending = device.registerPending(PASSWORD);
    SigningKey owner = device.ownerKey;
    device.ownerKey = SigningKey.generate(fixture.random);
    VaultReply foreignOwner =
        device.send(
            VaultMessageType.EXPOSE, device.expose(pending.credId(), pending.pending()).encode());
    device.ownerKey = owner;
    Registered other = fixture.device("bob").registerPending(PASSWORD);
    VaultReply foreignReceipt =
        device.send(
            VaultMessageType.EXPOSE, device.expose(pending.credId(), other.pending()).encode());

    assertThat(refused(foreignOwner).refusal()).isEqualTo(VaultRefusal.OWNER_REFUSED);
    assertThat(refused(foreignReceipt).refusal()).isEqualTo(VaultRefusal.OWNER_REFUSED);
    assertThat(device.status().record().state()).isEqualTo(RecordState.PENDING);
  }

  @Test
  @DisplayName("HK1-V-07: Expose again gets the same receipt")
  void expose_is_idempotent() {
    Registered registered = device.register(PASSWORD);
    fixture.clock.advance(Duration.ofMinutes(4));

    Receipt again =
        device.receipt(
            device.send(
                VaultMessageType.EXPOSE,
                device.expose(registered.credId(), registered.pending()).encode()));

    assertThat(again.signedBytes()).isEqualTo(registered.exposed().signedBytes());
    assertThat(device.events()).hasSize(4);
  }

  @Test
  @DisplayName("HK1-V-07: without a login an ACTIVE record is replaced after 72 hours, announced")
  void expose_announces_a_replacement() {
    Registered first = device.register(PASSWORD);
    Registered second = device.register("another password");

    assertThat(second.exposed().entry().event()).isEqualTo(VaultEvent.REPLACE_ANNOUNCED);
    assertThat(device.status().announced().what()).isEqualTo(Announcement.REPLACE);
    assertThat(device.status().announced().dueSeconds())
        .isEqualTo(fixture.clock.instant().plus(VaultLimits.OWNER_DELAY).getEpochSecond());
    assertThat(device.login(first.credId(), PASSWORD)).isEqualTo(first.wrap());
    assertThat(refused(device.start(second.credId(), "another password").reply()).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
    device.hear();
    fixture.clock.advance(VaultLimits.OWNER_DELAY);

    assertThat(refused(device.start(first.credId(), PASSWORD).reply()).refusal())
        .isEqualTo(VaultRefusal.NO_RECORD);
    assertThat(device.login(second.credId(), "another password")).isEqualTo(second.wrap());
    assertThat(
            fixture.store.<Boolean>transact(
                rows -> rows.secret(Hash256.of(first.credId())).isEmpty()))
        .isTrue();
  }

  @Test
  @DisplayName("HK1-V-07: a new set of the same employee replaces the old set's record, later")
  void a_new_set_replaces_the_record_after_a_month() {
    Registered old = device.register(PASSWORD);
    TestDevice newDevice = fixture.device("alice");
    Registered fresh = newDevice.register(PASSWORD);
    assertThat(device.login(old.credId(), PASSWORD)).isEqualTo(old.wrap());
    fixture.clock.advance(VaultLimits.NEWCOMER_DELAY);

    assertThat(newDevice.status().record().credId()).isEqualTo(Hash256.of(fresh.credId()));
    assertThat(newDevice.status().record().setId()).isEqualTo(newDevice.setId);
    assertThat(refused(device.start(old.credId(), PASSWORD).reply()).refusal())
        .isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName("HK1-V-14: a set keeps its owner key: registering under another one is refused")
  void a_set_keeps_its_owner() {
    Registered registered = device.register(PASSWORD);
    device.ownerKey = SigningKey.generate(fixture.random);

    VaultReply reply =
        device.send(
            VaultMessageType.REG_INIT, device.regInit(device.startRegistration(PASSWORD)).encode());

    assertThat(refused(reply).refusal()).isEqualTo(VaultRefusal.OWNER_REFUSED);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }

  @Test
  @DisplayName("HK1-V-07: somebody else's record looks like none")
  void a_foreign_record_looks_like_none() {
    Registered registered = device.registerPending(PASSWORD);
    TestDevice mallory = fixture.device("mallory");
    mallory.setId = device.setId;
    mallory.ownerKey = device.ownerKey;
    mallory.registerPending(PASSWORD);

    VaultReply expose =
        mallory.send(
            VaultMessageType.EXPOSE,
            mallory.expose(registered.credId(), registered.pending()).encode());
    VaultReply nothing = mallory.start(mallory.fresh(32), PASSWORD).reply();
    VaultReply login = mallory.start(registered.credId(), PASSWORD).reply();

    assertThat(expose).isEqualTo(nothing);
    assertThat(login).isEqualTo(nothing);
    assertThat(refused(nothing).refusal()).isEqualTo(VaultRefusal.NO_RECORD);
  }

  @Test
  @DisplayName(
      "HK1-V-05: an outage at the evaluation keeps the record, and the repeat gets its answer")
  void an_outage_at_registration_can_be_repeated() {
    ClientRegistration registration = device.startRegistration(PASSWORD);
    byte[] init = device.regInit(registration).encode();
    fixture.root.failing = true;
    VaultReply outage = device.send(VaultMessageType.REG_INIT, init);
    fixture.root.failing = false;

    VaultPayload.RegInitDone begun = device.begun(device.send(VaultMessageType.REG_INIT, init));

    assertThat(refused(outage).refusal()).isEqualTo(VaultRefusal.UNAVAILABLE);
    device.receipt(
        device.send(VaultMessageType.REG_FINISH, device.regFinish(registration, begun).encode()));
  }

  @Test
  @DisplayName("HK1-V-05: once a replacement is announced its RegInit is no longer answered")
  void regInit_is_not_repeated_after_the_announcement() {
    device.register(PASSWORD);
    ClientRegistration registration = device.startRegistration("another password");
    byte[] init = device.regInit(registration).encode();
    VaultPayload.RegInitDone begun = device.begun(device.send(VaultMessageType.REG_INIT, init));
    Receipt pending =
        device.receipt(
            device.send(
                VaultMessageType.REG_FINISH, device.regFinish(registration, begun).encode()));
    device.send(VaultMessageType.EXPOSE, device.expose(begun.credId(), pending).encode());

    assertThat(refused(device.send(VaultMessageType.REG_INIT, init)).refusal())
        .isEqualTo(VaultRefusal.WRONG_STATE);
  }

  @Test
  @DisplayName("HK1-V-05: sets that were begun and given up do not use up the sets of an employee")
  void abandoned_sets_are_forgotten() {
    for (int i = 0; i < 2 * VaultLimits.SETS; i++) {
      TestDevice attempt = fixture.device("alice");
      attempt.begun(
          attempt.send(
              VaultMessageType.REG_INIT,
              attempt.regInit(attempt.startRegistration(PASSWORD)).encode()));
      fixture.clock.advance(VaultLimits.FORGET_AFTER.plusHours(1));
      fixture.vault.sweep();
    }
    Registered registered = device.register(PASSWORD);
    assertThat(device.login(registered.credId(), PASSWORD)).isEqualTo(registered.wrap());
  }
}
