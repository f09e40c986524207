package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.PortalDatabase;
import org.hikae.admin.port.PortalDatabase.Applied;
import org.hikae.admin.port.PortalDatabase.Archive;
import org.hikae.admin.port.PortalDatabase.Facts;
import org.hikae.admin.port.PortalDatabase.Queues;
import org.hikae.admin.port.PortalDatabase.Right;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is wrong with logins, rights, durability, schema, archive and queues is named. */
class DatabaseCheckTest {

  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "full_page_writes", "on", "synchronous_commit", "remote_apply");
  private static final Archive ARCHIVED = new Archive("on", NOW.minusSeconds(60), null, null);
  private static final Queues QUIET = new Queues(1, NOW.minusSeconds(60), NOW, 10, 1);
  private static final ReleaseMigrations KNOWN =
      new ReleaseMigrations(Map.of(1, "Begin", 7, "Go on"));
  private static final List<Applied> COMPLETE =
      List.of(new Applied("001", "Begin", true), new Applied("007", "Go on", true));

  @Test
  void a_database_in_order_is_in_order() {
    assertThat(look(facts(DURABLE, List.of(), null, ARCHIVED, QUIET), COMPLETE))
        .extracting(DoctorFinding::code)
        .containsExactly(
            FindingCode.DATABASE_OK,
            FindingCode.ARCHIVE_OK,
            FindingCode.QUEUE_OK,
            FindingCode.SCHEMA_OK);
  }

  @Test
  void settings_that_forget_rights_too_many_and_owners_are_named() {
    Facts forgetful =
        facts(
            Map.of("fsync", "off", "full_page_writes", "on", "synchronous_commit", "off"),
            List.of(new Right("audit_event", "DELETE"), new Right("consent", "UPDATE")),
            null,
            ARCHIVED,
            QUIET);
    assertThat(look(forgetful, COMPLETE))
        .contains(
            DoctorFinding.of(FindingCode.DATABASE_FORGETS, "fsync", "off"),
            DoctorFinding.of(FindingCode.DATABASE_FORGETS, "synchronous_commit", "off"),
            DoctorFinding.of(FindingCode.DATABASE_RIGHT, "audit_event", "DELETE"),
            DoctorFinding.of(FindingCode.DATABASE_RIGHT, "consent", "UPDATE"));
    Facts owner =
        facts(DURABLE, List.of(new Right("audit_event", "DELETE")), "superuser", ARCHIVED, QUIET);
    assertThat(look(owner, COMPLETE))
        .contains(DoctorFinding.of(FindingCode.DATABASE_OWNER, "superuser"))
        .noneMatch(finding -> finding.code() == FindingCode.DATABASE_RIGHT);
  }

  @Test
  void a_login_that_is_refused_is_named_and_the_other_looked_with() {
    PortalDatabase refused =
        new PortalDatabase() {
          @Override
          public Facts asApplication() throws SQLException {
            throw new SQLException("password authentication failed");
          }

          @Override
          public List<Applied> asOwner() {
            return COMPLETE;
          }
        };
    assertThat(check(refused).look())
        .containsExactly(
            DoctorFinding.of(
                FindingCode.DATABASE_SILENT, "hikae_app", "password authentication failed"),
            DoctorFinding.of(FindingCode.SCHEMA_OK, "V007 (Go on)"));
  }

  @Test
  void a_schema_that_is_missing_older_later_or_failed_is_named() {
    Facts facts = facts(DURABLE, List.of(), null, ARCHIVED, null);
    assertThat(look(facts, List.of()))
        .contains(DoctorFinding.of(FindingCode.SCHEMA_NONE))
        .noneMatch(finding -> finding.code().check().equals("queue"));
    assertThat(look(facts, COMPLETE.subList(0, 1)))
        .contains(DoctorFinding.of(FindingCode.SCHEMA_OLDER, "V007 (Go on)"));
    assertThat(
            look(
                facts,
                List.of(COMPLETE.get(0), COMPLETE.get(1), new Applied("8", "Go too far", true))))
        .contains(DoctorFinding.of(FindingCode.SCHEMA_LATER, "V008 (Go too far)", "V007 (Go on)"));
    assertThat(look(facts, List.of(COMPLETE.get(0), new Applied("007", "Go on", false))))
        .contains(DoctorFinding.of(FindingCode.SCHEMA_FAILED, "V007 (Go on)"));
  }

  @Test
  void an_archive_that_is_off_empty_or_failing_is_named() {
    Instant failed = NOW.minusSeconds(30);
    assertThat(archive(new Archive("off", null, null, null)))
        .contains(DoctorFinding.of(FindingCode.ARCHIVE_OFF, "off"));
    assertThat(archive(new Archive("on", null, null, null)))
        .contains(DoctorFinding.of(FindingCode.ARCHIVE_NONE));
    assertThat(archive(new Archive("on", NOW.minusSeconds(60), failed, "00000001")))
        .contains(DoctorFinding.of(FindingCode.ARCHIVE_FAILS, failed, "00000001"));
    assertThat(archive(new Archive("always", NOW, failed, "00000001")))
        .contains(DoctorFinding.of(FindingCode.ARCHIVE_OK, NOW));
  }

  @Test
  void queues_that_are_stuck_are_named() {
    Queues stuck =
        new Queues(3, NOW.minus(Duration.ofHours(5)), NOW.minus(Duration.ofMinutes(21)), 20, 5);
    assertThat(look(facts(DURABLE, List.of(), null, ARCHIVED, stuck), COMPLETE))
        .contains(
            DoctorFinding.of(FindingCode.QUEUE_SESSIONS, 3, 5),
            DoctorFinding.of(FindingCode.QUEUE_DIRECTORY, 21, 5),
            DoctorFinding.of(FindingCode.QUEUE_RUNS, 5, 20));
    Queues few = new Queues(0, null, null, 4, 4);
    assertThat(look(facts(DURABLE, List.of(), null, ARCHIVED, few), COMPLETE))
        .contains(DoctorFinding.of(FindingCode.QUEUE_OK, 0, 4));
  }

  @Test
  void the_packed_migrations_are_those_of_the_portal() throws Exception {
    ReleaseMigrations packed = ReleaseMigrations.packed();
    assertThat(packed.count()).isGreaterThanOrEqualTo(13);
    assertThat(packed.compare(COMPLETE)).isNotEmpty();
    List<DoctorFinding> older = packed.compare(List.of(new Applied("001", "Begin", true)));
    assertThat(older.getFirst().arguments().getFirst())
        .contains("V027 (Fill pages with ciphertext)", "V021 (Keep ciphertext)");
  }

  private static List<DoctorFinding> archive(Archive archive) {
    return look(facts(DURABLE, List.of(), null, archive, QUIET), COMPLETE);
  }

  private static Facts facts(
      Map<String, String> settings,
      List<Right> excess,
      @Nullable String ownership,
      Archive archive,
      @Nullable Queues queues) {
    return new Facts("PostgreSQL 18", Duration.ZERO, settings, excess, ownership, archive, queues);
  }

  private static List<DoctorFinding> look(Facts facts, List<Applied> applied) {
    return check(
            new PortalDatabase() {
              @Override
              public Facts asApplication() {
                return facts;
              }

              @Override
              public List<Applied> asOwner() {
                return applied;
              }
            })
        .look();
  }

  private static DatabaseCheck check(PortalDatabase database) {
    return new DatabaseCheck(
        database,
        KNOWN,
        new DatabaseCheck.Logins("hikae_app", "hikae_owner", 5),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
