package org.hikae.admin.check;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.PortalDatabase;

/**
 * The database as the portal uses it: both logins, what the application may not do, durability,
 * schema, archive and queues.
 */
public final class DatabaseCheck implements InstallationCheck {

  /** A session that has waited so long is not just being tried again. */
  static final Duration LONGEST_WAIT = Duration.ofHours(2);

  /** So many times the usual pause since the directory was read is too long. */
  static final int MISSED_READS = 4;

  /** A share of silent devices is looked at from this number of them on. */
  static final int MANY = 5;

  private static final double LARGE_SHARE = 0.2;

  private final PortalDatabase database;
  private final ReleaseMigrations migrations;
  private final Logins logins;
  private final Clock clock;

  /**
   * What the settings say.
   *
   * @param application name of its login
   * @param owner name of its login
   * @param directoryMinutes pause between two reads of the directory, 0 for never
   */
  public record Logins(String application, String owner, int directoryMinutes) {}

  /** Looks into the database, which is to have these migrations. */
  public DatabaseCheck(
      PortalDatabase database, ReleaseMigrations migrations, Logins logins, Clock clock) {
    this.database = database;
    this.migrations = migrations;
    this.logins = logins;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<DoctorFinding> look() {
    List<DoctorFinding> findings = new ArrayList<>();
    try {
      PortalDatabase.Facts facts = database.asApplication();
      application(facts, findings);
      archive(facts.archive(), findings);
      PortalDatabase.Queues queues = facts.queues();
      if (queues != null) {
        queues(queues, findings);
      }
    } catch (SQLException e) {
      findings.add(
          DoctorFinding.of(FindingCode.DATABASE_SILENT, logins.application(), ExceptionText.of(e)));
    }
    try {
      findings.addAll(migrations.compare(database.asOwner()));
    } catch (SQLException e) {
      findings.add(
          DoctorFinding.of(FindingCode.DATABASE_SILENT, logins.owner(), ExceptionText.of(e)));
    }
    return findings;
  }

  private static void application(PortalDatabase.Facts facts, List<DoctorFinding> findings) {
    int before = findings.size();
    for (Map.Entry<String, String> setting : facts.settings().entrySet()) {
      String value = setting.getValue();
      // Of synchronous_commit the other values differ in which standby servers a commit waits for.
      boolean safe =
          setting.getKey().equals("synchronous_commit")
              ? !value.equals("off") && !value.equals("unknown")
              : value.equals("on");
      if (!safe) {
        findings.add(DoctorFinding.of(FindingCode.DATABASE_FORGETS, setting.getKey(), value));
      }
    }
    if (facts.ownership() != null) {
      findings.add(DoctorFinding.of(FindingCode.DATABASE_OWNER, facts.ownership()));
    } else {
      for (PortalDatabase.Right right : facts.excess()) {
        findings.add(
            DoctorFinding.of(FindingCode.DATABASE_RIGHT, right.table(), right.privilege()));
      }
    }
    if (findings.size() == before) {
      findings.add(DoctorFinding.of(FindingCode.DATABASE_OK, facts.product()));
    }
  }

  private static void archive(PortalDatabase.Archive archive, List<DoctorFinding> findings) {
    Instant archived = archive.archivedAt();
    Instant failed = archive.failedAt();
    if (archive.mode().equals("off")) {
      findings.add(DoctorFinding.of(FindingCode.ARCHIVE_OFF, archive.mode()));
    } else if (failed != null && (archived == null || archived.isBefore(failed))) {
      findings.add(
          DoctorFinding.of(
              FindingCode.ARCHIVE_FAILS, failed, String.valueOf(archive.failedSegment())));
    } else if (archived == null) {
      findings.add(DoctorFinding.of(FindingCode.ARCHIVE_NONE));
    } else {
      findings.add(DoctorFinding.of(FindingCode.ARCHIVE_OK, archived));
    }
  }

  private void queues(PortalDatabase.Queues queues, List<DoctorFinding> findings) {
    int before = findings.size();
    Instant now = clock.instant();
    Instant oldest = queues.oldestSession();
    if (oldest != null && oldest.isBefore(now.minus(LONGEST_WAIT))) {
      long hours = Duration.between(oldest, now).toHours();
      findings.add(DoctorFinding.of(FindingCode.QUEUE_SESSIONS, queues.sessions(), hours));
    }
    Instant read = queues.directoryReadAt();
    int every = logins.directoryMinutes();
    if (every > 0 && read != null) {
      long minutes = Duration.between(read, now).toMinutes();
      if (minutes > (long) every * MISSED_READS) {
        findings.add(DoctorFinding.of(FindingCode.QUEUE_DIRECTORY, minutes, every));
      }
    }
    if (queues.silentRuns() >= MANY && queues.silentRuns() >= queues.devices() * LARGE_SHARE) {
      findings.add(DoctorFinding.of(FindingCode.QUEUE_RUNS, queues.silentRuns(), queues.devices()));
    }
    if (findings.size() == before) {
      findings.add(DoctorFinding.of(FindingCode.QUEUE_OK, queues.sessions(), queues.silentRuns()));
    }
  }
}
