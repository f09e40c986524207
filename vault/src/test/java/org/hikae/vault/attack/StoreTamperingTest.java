package org.hikae.vault.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Id128;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.VaultStore.Secret;
import org.hikae.vault.port.VaultStore.SecretKind;
import org.hikae.vault.root.software.SoftwareRoot;
import org.hikae.vault.testing.FakeEpochKeys;
import org.hikae.vault.testing.TestDevice;
import org.hikae.vault.testing.TestDevice.Registered;
import org.hikae.vault.testing.TestDevice.Started;
import org.hikae.vault.testing.VaultFixture;
import org.hikae.vault.transaction.RecordSealer;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody writes into the vault's database while it runs. */
@DisplayName("HK1-V-15: what was edited, swapped or set back in the store is refused")
class StoreTamperingTest {

  private static final String PASSWORD = "twelve characters";
  private static final Hash256 ALICE = VaultFixture.employee("alice");
  private static final Hash256 MALLORY = VaultFixture.employee("mallory");

  private VaultFixture fixture;
  private TestDevice alice;
  private TestDevice mallory;
  private Registered alices;
  private Registered mallorys;

  @BeforeEach
  void open() {
    fixture = new VaultFixture();
    alice = fixture.device("alice");
    mallory = fixture.device("mallory");
    alices = alice.register(PASSWORD);
    mallorys = mallory.register("mallory's password");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private byte[] account(Hash256 employee) {
    return fixture.store.transact(rows -> rows.account(employee).orElseThrow());
  }

  private Secret secret(Registered registered) {
    return fixture.store.transact(
        rows -> rows.secret(Hash256.of(registered.credId())).orElseThrow());
  }

  private void put(Hash256 employee, byte[] account) {
    fixture.tamper(rows -> rows.putAccount(employee, account, Long.MAX_VALUE));
  }

  private void put(Registered over, Secret secret) {
    Secret moved = new Secret(Hash256.of(over.credId()), secret.epoch(), secret.sealed());
    fixture.tamper(rows -> rows.putSecret(SecretKind.RECORD, moved, 0));
  }

  private void assertAlarm(TestDevice device, byte[] credId) {
    int evaluations = fixture.root.evaluations();
    VaultReply reply = device.start(credId, PASSWORD).reply();
    assertThat(reply).isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
    assertThat(fixture.root.evaluations()).isEqualTo(evaluations);
  }

  @Test
  void sealed_bytes_swapped_between_employees_are_refused() {
    put(mallorys, secret(alices));

    assertAlarm(mallory, mallorys.credId());
    assertThat(alice.login(alices.credId(), PASSWORD)).isEqualTo(alices.wrap());
  }

  @Test
  void another_employees_account_is_refused() {
    put(MALLORY, account(ALICE));
    mallory.setId = alice.setId;

    assertAlarm(mallory, alices.credId());
  }

  @Test
  void an_account_set_back_is_refused_and_so_is_every_flipped_byte() {
    byte[] before = account(ALICE);
    alice.start(alices.credId(), "wrong");
    byte[] after = account(ALICE);

    put(ALICE, before);
    assertAlarm(alice, alices.credId());
    for (int at = 0; at < after.length; at += 37) {
      byte[] flipped = after.clone();
      flipped[at] ^= 1;
      put(ALICE, flipped);
      assertAlarm(alice, alices.credId());
    }
    put(ALICE, after);
    assertThat(alice.start(alices.credId(), "wrong").done().attemptsLeft()).isEqualTo(8);
  }

  @Test
  void a_vanished_or_invented_account_is_refused() {
    put(ALICE, new byte[0]);
    assertAlarm(alice, alices.credId());
    put(VaultFixture.employee("carol"), account(MALLORY));

    TestDevice carol = fixture.device("carol");
    carol.setId = mallory.setId;
    assertAlarm(carol, mallorys.credId());
  }

  @Test
  void sealed_bytes_that_vanished_or_were_cut_are_refused() {
    Secret kept = secret(alices);
    put(alices, new Secret(kept.id(), kept.epoch(), new byte[] {1, 2}));
    assertAlarm(alice, alices.credId());
    fixture.tamper(rows -> rows.eraseSecret(kept.id()));
    assertAlarm(alice, alices.credId());
  }

  @Test
  void a_login_moved_to_another_attempt_is_refused() {
    Started one = alice.start(alices.credId(), PASSWORD);
    Started other = alice.start(alices.credId(), PASSWORD);
    Hash256 first =
        RecordSealer.loginId(
            ALICE, fixture.account("alice").attempt(id(one.loginId())).orElseThrow());
    Hash256 second =
        RecordSealer.loginId(
            ALICE, fixture.account("alice").attempt(id(other.loginId())).orElseThrow());
    fixture.tamper(
        rows ->
            rows.putSecret(
                SecretKind.LOGIN,
                new Secret(second, 0, rows.secret(first).orElseThrow().sealed()),
                0));

    assertThat(alice.finish(other, Operation.FETCH))
        .isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
  }

  private static Id128 id(byte[] bytes) {
    return Id128.of(bytes);
  }

  @Test
  void a_stolen_store_opens_nothing_without_the_root() {
    SoftwareRoot thief = SoftwareRoot.generate(fixture.random);
    FakeEpochKeys guessed = new FakeEpochKeys(fixture.random);
    Secret stolen = secret(alices);
    guessed.create(stolen.epoch());
    RecordSealer seal = new RecordSealer(thief, guessed, VaultFixture.TENANT, fixture.random);
    Hash256 expected =
        fixture.account("alice").record(stolen.id()).orElseThrow().origin().uploadHash();

    assertThatThrownBy(() -> seal.open(stolen, expected)).isInstanceOf(TamperedException.class);
  }
}
