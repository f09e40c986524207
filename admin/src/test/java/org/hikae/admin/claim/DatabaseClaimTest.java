package org.hikae.admin.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.hikae.admin.check.ReleaseMigrations;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.ClaimState;
import org.hikae.admin.search.CanaryFile;
import org.hikae.admin.search.CanaryFile.Canary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Claims about rows, objects and rights, on a PostgreSQL with this release's tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseClaimTest {

  private static final String DEVICE = "canary-device-1";
  private static final String SECRET = "canary-content-1";
  private static final CanaryFile CANARIES =
      new CanaryFile(
          List.of(
              new Canary(true, CanaryFile.DEVICE, false, DEVICE),
              new Canary(false, "content", false, SECRET)));
  private static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-12-03T12:00:00Z"), ZoneOffset.UTC);

  private ReleasePostgres postgres;

  @BeforeAll
  void start() throws IOException, SQLException {
    postgres = new ReleasePostgres();
  }

  @AfterAll
  void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    postgres.administer(
        "truncate employee, device, repository, backup_set, stored_object, ciphertext,"
            + " ciphertext_page, ciphertext_file, recovery_day cascade");
  }

  private void person(String device) throws SQLException {
    postgres.administer(
        "insert into employee (employee_id, issuer, subject, username, display_name, state,"
            + " first_seen_at) values (1, 'i', 's', 'u', 'n', 'ENABLED', now())");
    postgres.administer(
        "insert into device (device_id, employee_id, name, platform, agent_version, public_key,"
            + " state, enrolled_at) values ('d', 1, '"
            + device
            + "', 'Linux', '1', 'x', 'ACTIVE', now())");
    postgres.administer(
        "insert into backup_set (set_id, employee_id, current_of, generation, state,"
            + " created_by_device, created_at) values ('s', 1, 1, 1, 'ACTIVE', 'd', now())");
    postgres.administer(
        "insert into repository (repository_id, set_id, employee_id, object_count, stored_bytes,"
            + " created_at) values (7, 's', 1, 0, 0, now())");
  }

  private void known(String name, long bytes) throws SQLException {
    postgres.administer(
        "insert into stored_object (repository_id, name, size_bytes, stored_at) values (7, '"
            + name
            + "', "
            + bytes
            + ", now())");
  }

  /** Stores an object in two pages. */
  private void store(String name, byte[] bytes) throws SQLException {
    known(name, bytes.length);
    postgres.administer(
        "insert into ciphertext (repository_id, name, size_bytes) values (7, '"
            + name
            + "', "
            + bytes.length
            + ")");
    int half = bytes.length / 2;
    try (Connection connection = postgres.asOwner();
        PreparedStatement page =
            connection.prepareStatement(
                "insert into ciphertext_page (ciphertext_id, number, bytes) select ciphertext_id,"
                    + " ?, ? from ciphertext")) {
      page.setInt(1, 0);
      page.setBytes(2, java.util.Arrays.copyOf(bytes, half));
      page.executeUpdate();
      page.setInt(1, 1);
      page.setBytes(2, java.util.Arrays.copyOfRange(bytes, half, bytes.length));
      page.executeUpdate();
    }
  }

  private ClaimResult tables() throws IOException {
    return new TableBlindnessCheck(postgres::asOwner, CANARIES).execute();
  }

  private ClaimResult objects(@Nullable Path folder) throws IOException {
    return new ObjectBlindnessCheck(postgres::asOwner, CANARIES, folder).execute();
  }

  private static List<ClaimFactKind> kinds(ClaimResult result) {
    return result.facts().stream().map(ClaimFact::kind).toList();
  }

  @Test
  void tables_without_secrets_hold_only_when_what_is_known_was_found() throws Exception {
    assertThat(tables().state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(kinds(tables())).startsWith(ClaimFactKind.SEARCH_UNPROVEN);
    person(DEVICE);
    assertThat(tables().state()).isEqualTo(ClaimState.HOLDS);
    assertThat(tables().facts())
        .contains(ClaimFact.of(ClaimFactKind.KNOWN_FOUND, CanaryFile.DEVICE));
  }

  @Test
  void a_secret_in_any_encoding_in_any_table_is_found() throws Exception {
    person(DEVICE);
    String hex = HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8));
    postgres.administer("update device set platform = 'Linux " + hex + "'");
    ClaimResult result = tables();
    assertThat(result.state()).isEqualTo(ClaimState.FAILS);
    assertThat(result.facts()).contains(ClaimFact.of(ClaimFactKind.SECRET_FOUND, "content in hex"));
    assertThat(result.toString()).doesNotContain(SECRET);
    postgres.administer("update device set platform = 'Linux', public_key = '" + SECRET + "'");
    assertThat(tables().state()).isEqualTo(ClaimState.FAILS);
  }

  @Test
  void what_the_device_has_stored_is_searched_across_pages() throws Exception {
    assertThat(kinds(objects(null))).containsExactly(ClaimFactKind.DEVICE_UNKNOWN);
    person(DEVICE);
    byte[] sealed = new byte[100];
    store("o", sealed);
    assertThat(objects(null).state()).isEqualTo(ClaimState.HOLDS);
    postgres.administer("truncate stored_object, ciphertext, ciphertext_page cascade");
    byte[] leak = new byte[100];
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(secret, 0, leak, 45, secret.length);
    store("o", leak);
    assertThat(objects(null).state()).isEqualTo(ClaimState.FAILS);
  }

  @Test
  void objects_that_could_not_all_be_read_prove_nothing(@TempDir Path folder) throws Exception {
    person(DEVICE);
    store("o", new byte[100]);
    known("p", 20);
    assertThat(objects(folder).facts())
        .containsExactly(ClaimFact.of(ClaimFactKind.OBJECTS_UNREAD, 20, 120));
    Path file = Files.createDirectories(folder.resolve("objects/7/ab")).resolve("p");
    Files.writeString(file, "x".repeat(4) + SECRET);
    postgres.administer(fileRow());
    assertThat(objects(folder).state()).isEqualTo(ClaimState.FAILS);
    Files.writeString(file, "y".repeat(20));
    assertThat(objects(folder).state()).isEqualTo(ClaimState.HOLDS);
  }

  private static String fileRow() {
    return "insert into ciphertext_file (repository_id, name, size_bytes, slot) values (7, 'p', 20, 0)";
  }

  private ClaimResult grants() throws IOException {
    return new DatabaseGrantCheck(postgres::asApplication, ReleaseMigrations.packedTexts())
        .execute();
  }

  @Test
  void the_rights_of_this_releases_migrations_are_what_is_expected() throws Exception {
    ClaimResult result = grants();
    assertThat(result.facts()).hasSize(1);
    assertThat(result.state()).isEqualTo(ClaimState.HOLDS);
    assertThat(Integer.parseInt(result.facts().getFirst().values().get(1))).isGreaterThan(60);
  }

  @Test
  void a_right_too_many_of_the_application_or_of_others_is_named() throws Exception {
    postgres.administer("create role watcher");
    try {
      postgres.administer("grant delete on audit_event to hikae_app");
      postgres.administer("grant update (content) on audit_personal to hikae_app");
      postgres.administer("grant select on employee to watcher");
      postgres.administer("grant select on device to public");
      ClaimResult result = grants();
      assertThat(result.state()).isEqualTo(ClaimState.FAILS);
      assertThat(result.facts())
          .contains(
              ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, "hikae_app", "DELETE", "audit_event"),
              ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, "hikae_app", "UPDATE", "audit_personal"),
              ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, "watcher", "SELECT", "employee"),
              ClaimFact.of(ClaimFactKind.RIGHT_BEYOND, "PUBLIC", "SELECT", "device"))
          .hasSize(5);
    } finally {
      postgres.administer("revoke delete on audit_event from hikae_app");
      postgres.administer("revoke update (content) on audit_personal from hikae_app");
      postgres.administer("revoke select on device from public");
      postgres.administer("revoke select on employee from watcher");
      postgres.administer("drop role watcher");
    }
  }

  @Test
  void a_login_that_is_more_than_an_application_is_named() throws Exception {
    postgres.administer("alter role hikae_app createrole");
    postgres.administer("grant hikae_owner to hikae_app");
    try {
      assertThat(grants().facts())
          .contains(
              ClaimFact.of(ClaimFactKind.LOGIN_IS_MORE, "createrole"),
              ClaimFact.of(ClaimFactKind.LOGIN_IS_MORE, "member of hikae_owner"));
      assertThat(grants().state()).isEqualTo(ClaimState.FAILS);
    } finally {
      postgres.administer("revoke hikae_owner from hikae_app");
      postgres.administer("alter role hikae_app nocreaterole");
    }
  }

  private ClaimResult drills(String day, int people, int drilled) throws Exception {
    postgres.administer("truncate recovery_day");
    postgres.administer(
        String.format(
            Locale.ROOT,
            "insert into recovery_day values ('%s', now(), %d, %d, 1, 1)",
            day,
            people,
            drilled));
    return new RecoveryDrillCheck(postgres::asApplication, TODAY).execute();
  }

  @Test
  void drills_hold_by_fresh_figures_of_people_who_did_one() throws Exception {
    assertThat(new RecoveryDrillCheck(postgres::asApplication, TODAY).execute().state())
        .isEqualTo(ClaimState.NOT_RUN);
    assertThat(drills("2026-12-03", 0, 0).state()).isEqualTo(ClaimState.NOT_RUN);
    assertThat(drills("2026-12-02", 10, 4).state()).isEqualTo(ClaimState.HOLDS);
    assertThat(drills("2026-12-03", 10, 0).facts())
        .startsWith(ClaimFact.of(ClaimFactKind.RECOVERY_NO_DRILL, 10));
    assertThat(drills("2026-11-30", 10, 4).facts())
        .containsExactly(
            ClaimFact.of(ClaimFactKind.RECOVERY_OLD, "2026-11-30"),
            ClaimFact.of(ClaimFactKind.RECOVERY_FIGURES, "2026-11-30", 10, 4, 1, 1));
  }
}
