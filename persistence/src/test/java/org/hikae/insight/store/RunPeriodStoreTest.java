package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.entity.Run;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.insight.value.RunPeriodCount;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How runs ended by the quarter of an hour in which they began, on both databases. */
class RunPeriodStoreTest extends OnBothDatabases {

  private static final Instant MIDNIGHT = Instant.parse("2026-04-02T00:00:00Z");

  private static Instant minutes(long afterMidnight) {
    return MIDNIGHT.plus(Duration.ofMinutes(afterMidnight));
  }

  private static ReportedRun report(RunResult result, Instant now) {
    return new ReportedRun(
        RunReport.Kind.BACKUP,
        result,
        Instant.EPOCH,
        result == RunResult.RUNNING ? null : now,
        "1",
        new RunFigures(0, 0, 0, 0, 0, 0));
  }

  private static String id(long began, RunResult first) {
    long runs = minutes(began).getEpochSecond() * RunResult.values().length;
    return String.format(Locale.ROOT, "%032x", runs + List.of(RunResult.values()).indexOf(first));
  }

  private static void run(EntityManager em, EnrolledEmployee who, RunResult result, long began) {
    Instant now = minutes(began);
    String id = id(began, result);
    new RunStore(em)
        .add(
            new Run(id, who.deviceId(), who.employeeId(), report(result, now), now),
            who.employeeId());
  }

  private static List<RunPeriodCount> counted(TestDatabase database, Instant now) {
    return database.inTransaction(
        em -> {
          new RunPeriodStore(em).count(now);
          em.clear();
          return new RunPeriodStore(em).latest(now);
        });
  }

  private static RunPeriodCount period(long began, Instant now, long done, long failed, long open) {
    return new RunPeriodCount(minutes(began), now, done, failed, open);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void runs_count_where_they_began_and_anew_until_they_are_too_old(TestDatabase database) {
    Instant now = minutes(70);
    EnrolledEmployee who =
        database.inTransaction(
            em -> {
              EnrolledEmployee one = EmployeeFixture.person(em, "Hour");
              // Over midnight, and on both sides of the edge of a quarter.
              run(em, one, RunResult.RUNNING, -1);
              run(em, one, RunResult.SUCCESS, 0);
              run(em, one, RunResult.PARTIAL, 14);
              for (RunResult other :
                  List.of(
                      RunResult.NETWORK,
                      RunResult.REFUSED,
                      RunResult.CORRUPT,
                      RunResult.LOCKED,
                      RunResult.LOCAL,
                      RunResult.INTERNAL,
                      RunResult.CANCELLED)) {
                run(em, one, other, 15);
              }
              return one;
            });
    assertThat(counted(database, now))
        .containsExactly(
            period(-15, now, 0, 0, 1), period(0, now, 2, 0, 0), period(15, now, 0, 6, 1));
    // It ends, and whoever should have counted it was down: the next time has it.
    Instant later = minutes(60 * 30);
    database.inTransaction(
        em -> {
          new RunStore(em)
              .lock(who.deviceId(), id(-1, RunResult.RUNNING))
              .orElseThrow()
              .report(report(RunResult.LOCAL, later), later);
          return null;
        });
    assertThat(counted(database, later)).startsWith(period(-15, later, 0, 1, 0)).hasSize(3);
    // Counted twice, or by a portal that began earlier: the same.
    assertThat(counted(database, later)).startsWith(period(-15, later, 0, 1, 0)).hasSize(3);
    assertThat(counted(database, now)).startsWith(period(-15, later, 0, 1, 0)).hasSize(3);
    // The oldest quarter goes as the seven days go on.
    Instant last = minutes(7 * 24 * 60 - 1);
    assertThat(counted(database, last))
        .containsExactly(period(0, last, 2, 0, 0), period(15, last, 0, 6, 1));
    Instant week = minutes(7 * 24 * 60);
    assertThat(counted(database, week)).containsExactly(period(15, week, 0, 6, 1));
    assertThat(counted(database, week.plus(Duration.ofDays(9)))).isEmpty();
  }
}
