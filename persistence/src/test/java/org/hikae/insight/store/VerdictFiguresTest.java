package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.hikae.backup.entity.Run;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.entity.Device;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.value.LastRun;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What verdicts on several people are decided by, on both databases. */
class VerdictFiguresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START.plus(Duration.ofDays(30));

  private static void run(
      EntityManager em,
      EnrolledEmployee employee,
      String digit,
      RunReport.Kind kind,
      RunResult result) {
    ReportedRun report =
        new ReportedRun(kind, result, NOW, NOW, "1", new RunFigures(0, 0, 0, 0, 0, 0));
    new RunStore(em)
        .add(
            new Run(
                digit.repeat(32),
                employee.deviceId(),
                employee.employeeId(),
                report,
                NOW.minusSeconds(Integer.parseInt(digit))),
            employee.employeeId());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_newest_backup_of_a_device_counts_whatever_it_did_since(TestDatabase database) {
    database.inTransaction(
        em -> {
          EnrolledEmployee employee = EmployeeFixture.person(em, "Own");
          EnrolledEmployee other = EmployeeFixture.person(em, "Other");
          EmployeeFixture.device(em, employee.employeeId());
          run(em, employee, "9", RunReport.Kind.BACKUP, RunResult.SUCCESS);
          run(em, employee, "8", RunReport.Kind.BACKUP, RunResult.LOCAL);
          run(em, employee, "7", RunReport.Kind.RESTORE, RunResult.SUCCESS);
          run(em, employee, "6", RunReport.Kind.VERIFY, RunResult.CORRUPT);
          run(em, other, "5", RunReport.Kind.BACKUP, RunResult.SUCCESS);
          em.flush();
          VerdictFigures figures = new VerdictFigures(em);
          List<Long> both = List.of(employee.employeeId(), other.employeeId());
          LastRun failed = new LastRun(NOW.minusSeconds(8), RunReport.Kind.BACKUP, RunResult.LOCAL);
          LastRun done = new LastRun(NOW.minusSeconds(5), RunReport.Kind.BACKUP, RunResult.SUCCESS);
          assertThat(figures.backupRuns(both))
              .containsExactlyInAnyOrder(
                  new VerdictFigures.BackupRunFigure(employee.deviceId(), failed),
                  new VerdictFigures.BackupRunFigure(other.deviceId(), done));
          assertThat(figures.devices(both)).hasSize(3);
          em.find(Device.class, employee.deviceId()).revoke();
          em.flush();
          assertThat(figures.backupRuns(List.of(employee.employeeId()))).isEmpty();
          assertThat(figures.devices(both))
              .extracting(VerdictFigures.DeviceFigure::employeeId)
              .containsExactlyInAnyOrderElementsOf(both);
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void groups_are_read_for_all_at_once(TestDatabase database) {
    database.inTransaction(
        em -> {
          long one = EmployeeFixture.employee(em, "One").employeeId();
          long two = EmployeeFixture.employee(em, "Two").employeeId();
          em.find(Employee.class, one).synced(EmployeeState.ENABLED, Set.of("/a", "/b"), NOW);
          em.flush();
          assertThat(new EmployeeStore(em).groupsOf(List.of(one, two)))
              .containsOnlyKeys(one)
              .containsEntry(one, Set.of("/a", "/b"));
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void more_than_a_hundred_are_not_asked_for_at_once(TestDatabase database) {
    List<Long> many = LongStream.rangeClosed(1, 101).boxed().toList();
    database.inTransaction(
        em -> {
          VerdictFigures figures = new VerdictFigures(em);
          assertThatThrownBy(() -> figures.devices(many))
              .isInstanceOf(IllegalArgumentException.class);
          assertThat(figures.wrapMethods(many.subList(0, 100))).isEmpty();
          return true;
        });
  }
}
