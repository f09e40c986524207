package org.hikae.vault.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.Transcript;
import org.hikae.vault.core.TestDevice.Registered;
import org.hikae.vault.core.TestDevice.Started;
import org.hikae.vault.root.SoftwareRoot;
import org.hikae.vault.store.H2RecordStore;
import org.hikae.vault.wire.VaultPayload.Operation;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply;
import org.hikae.vault.wire.VaultReply.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes into the vault's database file. */
@DisplayName("HK1-V-05, V-14: rows swapped or edited in the store are refused")
class TamperTest {

  private static final String PASSWORD = "twelve characters";

  @TempDir private Path directory;
  private VaultWorld world;
  private TestDevice alice;
  private TestDevice mallory;
  private Registered alices;
  private Registered mallorys;

  @BeforeEach
  void open() {
    world = new VaultWorld(directory);
    alice = world.lastingDevice("alice");
    mallory = world.lastingDevice("mallory");
    alices = alice.register(PASSWORD);
    mallorys = mallory.register("mallory's password");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static String hex(byte[] bytes) {
    return "X'" + Ids.hex(bytes) + "'";
  }

  private static String employee(String subject) {
    return hex(EmployeeId.of(VaultWorld.TENANT, VaultWorld.ISSUER, subject).toBytes());
  }

  private void assertAlarm(TestDevice device, byte[] credId) {
    int evaluations = world.root.evaluations();
    VaultReply reply = device.start(credId, PASSWORD).reply();
    assertThat(reply).isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
    assertThat(world.root.evaluations()).isEqualTo(evaluations);
  }

  @Test
  void sealed_bytes_swapped_between_employees_are_refused() {
    world.tamper(
        "CREATE TABLE copy AS SELECT cred_id, sealed FROM vault_record",
        "UPDATE vault_record SET sealed = (SELECT sealed FROM copy WHERE cred_id = "
            + hex(alices.credId())
            + ") WHERE cred_id = "
            + hex(mallorys.credId()),
        "DROP TABLE copy");

    assertAlarm(mallory, mallorys.credId());
    assertThat(alice.login(alices.credId(), PASSWORD)).isEqualTo(alices.wrap());
  }

  @Test
  void a_record_moved_to_another_employee_is_refused() {
    mallory.setId = alice.setId;
    world.tamper(
        "UPDATE vault_record SET stage = 5, sealed = NULL WHERE cred_id = "
            + hex(mallorys.credId()),
        "UPDATE vault_record SET employee = "
            + employee("mallory")
            + " WHERE cred_id = "
            + hex(alices.credId()));

    assertAlarm(mallory, alices.credId());
  }

  @Test
  void a_record_moved_to_another_set_or_owner_is_refused() {
    byte[] oldSet = alice.setId;
    alice.setId = alice.fresh(16);
    world.tamper(
        "UPDATE vault_record SET set_id = "
            + hex(alice.setId)
            + " WHERE employee = "
            + employee("alice"));
    assertAlarm(alice, alices.credId());
    alice.setId = oldSet;
    world.tamper(
        "UPDATE vault_record SET set_id = "
            + hex(oldSet)
            + " WHERE employee = "
            + employee("alice"),
        "UPDATE vault_record SET owner_key = "
            + hex(mallory.ownerKey.publicKey().encode())
            + " WHERE employee = "
            + employee("alice"));
    assertAlarm(alice, alices.credId());
  }

  @Test
  void a_pending_record_made_active_by_hand_is_refused() {
    TestDevice carol = world.lastingDevice("carol");
    Registered pending = carol.registerPending(PASSWORD);
    world.tamper(
        "UPDATE vault_record SET stage = 3, active_at = pending_at WHERE employee = "
            + employee("carol"));

    assertAlarm(carol, pending.credId());
  }

  @Test
  void a_lengthened_or_cut_sealed_value_is_refused() {
    world.tamper(
        "UPDATE vault_record SET sealed = sealed || X'00' WHERE employee = " + employee("alice"),
        "UPDATE vault_record SET sealed = X'0102' WHERE employee = " + employee("mallory"));

    assertAlarm(alice, alices.credId());
    assertAlarm(mallory, mallorys.credId());
  }

  @Test
  void edited_counts_are_refused() {
    alice.start(alices.credId(), "wrong");
    alice.start(alices.credId(), "wrong");
    world.tamper(
        "UPDATE employee_counts SET consecutive = 0 WHERE employee = " + employee("alice"));

    assertAlarm(alice, alices.credId());
  }

  @Test
  void counts_copied_from_another_employee_are_refused() {
    alice.start(alices.credId(), "wrong");
    world.tamper(
        "CREATE TABLE copy AS SELECT * FROM employee_counts WHERE employee = "
            + employee("mallory"),
        "UPDATE employee_counts SET consecutive = 0, lifetime = 0, run = 0, mac ="
            + " (SELECT mac FROM copy) WHERE employee = "
            + employee("alice"),
        "DROP TABLE copy");

    assertAlarm(alice, alices.credId());
  }

  @Test
  void a_vanished_counts_row_is_refused() {
    world.tamper(
        "SET REFERENTIAL_INTEGRITY FALSE",
        "DELETE FROM employee_counts WHERE employee = " + employee("alice"),
        "SET REFERENTIAL_INTEGRITY TRUE");

    assertAlarm(alice, alices.credId());
  }

  @Test
  void a_login_moved_to_another_record_or_time_is_refused() {
    Started started = alice.start(alices.credId(), PASSWORD);
    world.tamper(
        "UPDATE attempt SET charged_at = charged_at - 1 WHERE employee = " + employee("alice"));

    assertThat(alice.finish(started, Operation.FETCH))
        .isEqualTo(Refused.of(VaultRefusal.UNAVAILABLE));
  }

  @Test
  void an_unknown_stage_state_or_event_is_refused() {
    assertThatThrownBy(() -> Stage.of(9)).isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> Attempt.State.of(9)).isInstanceOf(TamperedException.class);
    world.tamper("UPDATE vault_event SET event = 99 WHERE employee = " + employee("alice"));
    assertThatThrownBy(
            () ->
                world.store.transact(
                    rows ->
                        rows.events(
                            EmployeeId.of(VaultWorld.TENANT, VaultWorld.ISSUER, "alice"), 10)))
        .isInstanceOf(TamperedException.class);
  }

  @Test
  void a_store_of_another_root_is_refused() {
    byte[] otherCheck = SoftwareRoot.generate(world.random).hmac(Transcript.of("test store"));
    world.store.close();

    assertThatThrownBy(() -> H2RecordStore.open(directory, otherCheck))
        .isInstanceOf(TamperedException.class);
    world.store = H2RecordStore.open(directory, world.root.hmac(Transcript.of("test store")));
  }

  @Test
  void a_stolen_store_opens_nothing_without_the_root() {
    SoftwareRoot thief = SoftwareRoot.generate(world.random);
    RecordSeal seal = new RecordSeal(thief, VaultWorld.TENANT, world.random);
    VaultRecord row =
        world.store.transact(rows -> rows.record(Hash256.of(alices.credId())).orElseThrow());

    assertThatThrownBy(() -> seal.open(row)).isInstanceOf(TamperedException.class);
    assertThat(row.toString()).contains("ACTIVE").doesNotContain(Ids.hex(row.sealed()));
  }
}
