package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.identity.store.PageSessionEndingStore;
import org.hikae.insight.store.EmployeeSummaryStore;
import org.hikae.insight.store.StorageDayStore;
import org.hikae.lifecycle.entity.ReceiptKey;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.store.NoticeReadingStore;
import org.hikae.notice.store.NoticeStore;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.PausedCommit;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.entity.VaultReceipt;
import org.hikae.vault.store.VaultContactStore;
import org.hikae.vault.store.VaultReceiptStore;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of two transactions that insert a row of the same key at once, neither fails: the second goes on
 * with the row of the first, or is told. Every key of the schema is tried here, or it is said why
 * two never come at once.
 */
@EveryThirdRun
class ConcurrentInsertTest extends OnBothDatabases {

  /** What both transactions are about. */
  private record Given(
      String id, EmployeeFixture.EnrolledEmployee one, EmployeeFixture.EnrolledEmployee other) {

    long employee(int caller) {
      return caller == 1 ? one.employeeId() : other.employeeId();
    }

    BackupSet set(EntityManager em, int caller) {
      return em.find(BackupSet.class, caller == 1 ? one.setId() : other.setId());
    }
  }

  /** One of two callers inserts; false when told that the other one was faster. */
  private interface Insertion {
    boolean by(int caller, EntityManager em, Given given);
  }

  private static final Map<String, Insertion> TRIED =
      Map.of(
          "vault_contact(device_id)",
          (_, em, given) ->
              new VaultContactStore(em).of(given.one().deviceId(), given.employee(1)) != null,
          "vault_receipt(code)",
          (_, em, given) ->
              new VaultReceiptStore(em)
                  .addMissing(List.of(new VaultReceipt(given.id(), 1, "e", new byte[] {1})))
                  .contains(given.id()),
          "storage_day(noted_on)",
          (_, em, _) -> new StorageDayStore(em).of(LocalDate.of(2026, 2, 3)) != null,
          "page_session_ending(keycloak_session)",
          (_, em, given) -> {
            var _ =
                new PageSessionEndingStore(em)
                    .add(given.id(), EmployeeFixture.START, Instant.EPOCH);
            return true;
          },
          "receipt_key(key_id)",
          (_, em, given) -> {
            new ErasureStore(em)
                .keep(new ReceiptKey(given.id(), new byte[] {1}, EmployeeFixture.START));
            return true;
          },
          "notice(cause)",
          (_, em, given) ->
              new NoticeStore(em)
                  .addOnce(
                      new Notice(
                          EmployeeFixture.START, null, NoticeKind.BACKUP_FAILED, "{}", given.id())),
          "notice_reading(issuer,subject)",
          (_, em, given) -> {
            new NoticeReadingStore(em).note("issuer", given.id(), true, EmployeeFixture.START);
            return true;
          },
          "employee_summary(employee_id)",
          (_, em, given) -> {
            new EmployeeSummaryStore(em).refresh(new TreeSet<>(Set.of(given.employee(1))));
            return true;
          },
          "device(device_id)",
          (caller, em, given) ->
              new DeviceStore(em).add(device(given.id(), given.employee(caller))),
          "backup_set(set_id)",
          (caller, em, given) -> {
            given.set(em, caller).withdraw();
            em.flush();
            String device = (caller == 1 ? given.one() : given.other()).deviceId();
            return new BackupSetStore(em)
                .add(
                    new BackupSet(
                        given.id(), given.employee(caller), device, EmployeeFixture.START));
          });

  private static final String MIGRATION = "one row, which the migration makes";
  private static final String RANDOM = "random";
  private static final String EMPLOYEE = "under the lock of the employee";
  private static final String DEVICE = "under the lock of the device";
  private static final String SET = "under the lock of the set (FirstObjectsTest)";
  private static final String CAMPAIGN = "under the lock of the campaign";
  private static final String POLICIES = "under the lock of the default scope";
  private static final String TEXTS = "under the lock of the draft";
  private static final String DIRECTORY = "under the lock of the directory's state";
  private static final String LOG = "under the lock of the log's head";
  private static final String TRAIL = "under the lock of the trail's head, or with its event";

  private static final Map<String, String> SAFE =
      Map.ofEntries(
          Map.entry(
              "employee(issuer,subject)",
              "whoever inserts looks again (EmployeeDirectory, DirectoryReader)"),
          Map.entry("employee_group(employee_id,group_path)", "with its employee"),
          Map.entry(
              "rollout_offer(group_path)",
              "in a transaction of its own; OfferCommands looks again"),
          Map.entry("service_account_use(client_id)", "ServiceAccountUseStoreTest"),
          Map.entry("change_alarm(current_of)", EMPLOYEE),
          Map.entry("change_day(device_id,noted_on)", EMPLOYEE),
          Map.entry("protection_day(noted_on)", "as storage_day, which is tried above"),
          Map.entry("recovery_day(noted_on)", "as storage_day, which is tried above"),
          Map.entry("run_period(began_at)", "as storage_day; then it replaces what is there"),
          Map.entry("notice_recipient(name)", "NoticeRecipientStoreTest"),
          Map.entry("idempotent_request(request_id)", "IdempotentRequestStoreTest"),
          Map.entry(
              "stored_object(name,repository_id)",
              "putting its bytes waits (CiphertextStoreContract)"),
          Map.entry("device_nonce(nonce_hash)", RANDOM),
          Map.entry("device_session(session_hash)", RANDOM),
          Map.entry("key_transfer(transfer_id)", RANDOM),
          Map.entry("key_transfer_message(transfer_id,number)", "under the lock of the transfer"),
          Map.entry("restic_credential(credential_id)", RANDOM),
          Map.entry("audit_head(head_id)", MIGRATION),
          Map.entry("housekeeping(housekeeping_id)", MIGRATION),
          Map.entry("scrub_state(state_id)", MIGRATION),
          Map.entry("notice_channel_setting(channel)", MIGRATION),
          Map.entry("directory_state(state_id)", MIGRATION),
          Map.entry("monthly_report_schedule(schedule_id)", MIGRATION),
          Map.entry("monthly_report(report_month)", "under the lock of the reports' schedule"),
          Map.entry("consent_draft(draft_id)", MIGRATION),
          Map.entry("consent_version(version)", TEXTS),
          Map.entry("consent_text(version,language)", TEXTS),
          Map.entry("backup_set(current_of)", EMPLOYEE),
          Map.entry("legal_hold(current_of)", EMPLOYEE),
          Map.entry("leaver(current_of)", EMPLOYEE),
          Map.entry("erasure(open_of)", EMPLOYEE),
          Map.entry("notice_reader(employee_id)", EMPLOYEE),
          Map.entry("key_wrap(set_id,wrap_id)", EMPLOYEE),
          Map.entry("recovery_proof(device_id,kind)", DEVICE),
          Map.entry("run(device_id,run_id)", DEVICE),
          Map.entry("newest_run(device_id)", DEVICE),
          Map.entry("repository(set_id,restic_id)", SET),
          Map.entry("storage_use(employee_id)", SET),
          Map.entry("series(repository_id,device_id)", SET),
          Map.entry("snapshot(set_id,device_id,sequence)", SET),
          Map.entry("snapshot(employee_id,snapshot_id)", SET),
          Map.entry("snapshot_objects(snapshot_row)", SET),
          Map.entry("snapshot_fate(snapshot_row)", SET),
          Map.entry("idle_object(object_id)", SET),
          Map.entry("restic_object(object_id,type)", SET),
          Map.entry("restic_watch(repository_id)", SET),
          Map.entry("restic_password(repository_id,number)", SET),
          Map.entry("rotten_object(object_id)", "under the lock of scrubbing's state"),
          Map.entry("policy_scope(scope)", POLICIES),
          Map.entry("policy_scope(group_rank)", POLICIES),
          Map.entry("policy_version(scope,version_number)", POLICIES),
          Map.entry("rollout_gate(campaign_id,gate)", CAMPAIGN),
          Map.entry("rollout_wave(campaign_id,number)", CAMPAIGN),
          Map.entry("rollout_wave_group(wave_id,group_path)", CAMPAIGN),
          Map.entry("rollout_wave_person(wave_id,employee_id)", CAMPAIGN),
          Map.entry("rollout_invitation(campaign_id,employee_id)", CAMPAIGN),
          Map.entry("mass_leave(open_of)", DIRECTORY),
          Map.entry("mass_leaver(finding_id,employee_id)", DIRECTORY),
          Map.entry("notice_delivery(notice_id,channel,address)", "under the lock of the notice"),
          Map.entry("log_head(head_id)", MIGRATION),
          Map.entry("log_entry(place)", LOG),
          Map.entry("log_entry(leaf_hash)", LOG),
          Map.entry("log_tile(tile_level,place)", LOG),
          Map.entry("audit_link(seq)", TRAIL),
          Map.entry("audit_link(event_id)", TRAIL),
          Map.entry("audit_personal(event_id)", TRAIL),
          Map.entry("audit_unlinked(event_id)", TRAIL));

  Stream<Arguments> insertions() {
    return databases()
        .flatMap(
            database ->
                new TreeMap<>(TRIED)
                    .entrySet().stream()
                        .map(
                            one -> Arguments.of(database, Named.of(one.getKey(), one.getValue()))));
  }

  @ParameterizedTest
  @MethodSource("insertions")
  void of_two_at_once_neither_fails(TestDatabase database, Insertion insertion) throws Exception {
    Given given = database.inTransaction(ConcurrentInsertTest::given);
    PausedCommit commit = new PausedCommit();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> first =
          pool.submit(
              () ->
                  database.inTransaction(
                      em -> {
                        boolean inserted = insertion.by(1, em, given);
                        commit.stopAtCommit(em);
                        return inserted;
                      }));
      commit.awaitStop();
      var _ = database.<Boolean>inTransaction(em -> insertion.by(2, releasing(em, commit), given));
      assertThat(first.get()).isTrue();
    } finally {
      commit.release();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void every_key_is_tried_or_explained(TestDatabase database) {
    Set<String> explained = new TreeSet<>(SAFE.keySet());
    explained.addAll(TRIED.keySet());
    assertThat(keys(database)).isEqualTo(explained);
  }

  /** Primary keys and unique constraints, without numbers that the database gives. */
  private static Set<String> keys(TestDatabase database) {
    List<?> rows =
        database.inTransaction(
            em ->
                em.createNativeQuery(
                        "select t.table_name, t.constraint_name, k.column_name, c.is_identity"
                            + " from information_schema.table_constraints t"
                            + " join information_schema.key_column_usage k"
                            + " on k.constraint_name = t.constraint_name"
                            + " and k.table_name = t.table_name"
                            + " and k.constraint_schema = t.constraint_schema"
                            + " join information_schema.columns c"
                            + " on c.table_name = k.table_name and c.column_name = k.column_name"
                            + " and c.table_schema = k.table_schema"
                            + " where t.constraint_type in ('PRIMARY KEY', 'UNIQUE')"
                            + " and lower(t.table_schema) = 'public'"
                            + " order by t.constraint_name, k.ordinal_position")
                    .getResultList());
    Map<String, String> columns = new HashMap<>();
    for (Object row : rows) {
      Object[] cells = (Object[]) row;
      String table = lower(cells[0]);
      if (!lower(cells[3]).equals("yes") && !table.startsWith("flyway") && !isCiphertext(table)) {
        columns.merge(table + "/" + cells[1], lower(cells[2]), (all, column) -> all + "," + column);
      }
    }
    Set<String> keys = new TreeSet<>();
    columns.forEach((key, of) -> keys.add(key.replaceFirst("/.*", "") + "(" + of + ")"));
    return keys;
  }

  /** Stores of ciphertext have a contract of their own (CiphertextStoreContract). */
  private static boolean isCiphertext(String table) {
    return table.startsWith("ciphertext");
  }

  private static String lower(Object cell) {
    return String.valueOf(cell).toLowerCase(Locale.ROOT);
  }

  private static Given given(EntityManager em) {
    return new Given(
        UUID.randomUUID().toString().replace("-", ""),
        EmployeeFixture.person(em, "One"),
        EmployeeFixture.person(em, "Other"));
  }

  private static Device device(String id, long employeeId) {
    Device device = new Device(id, employeeId, new byte[91], EmployeeFixture.START);
    device.describe("laptop", "Linux amd64", "1.0");
    return device;
  }

  /** Lets the first go on once the second has looked and is about to write. */
  private static EntityManager releasing(EntityManager em, PausedCommit commit) {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (_, method, arguments) -> {
              if (Set.of("persist", "unwrap").contains(method.getName())) {
                commit.release();
              }
              try {
                return method.invoke(em, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
