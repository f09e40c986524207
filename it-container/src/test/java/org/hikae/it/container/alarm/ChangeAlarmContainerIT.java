package org.hikae.it.container.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.ANOTHER_PERSON;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;
import static org.hikae.problem.wire.ProblemCode.RELEASE_FROZEN;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.backup.boundary.ChangeAlarmCommands;
import org.hikae.backup.boundary.OwnChangeAlarmQueries;
import org.hikae.backup.boundary.OwnSnapshotReleaseCommands;
import org.hikae.backup.boundary.RunReportCommands;
import org.hikae.backup.maintenance.job.ChangeAlarmJob;
import org.hikae.backup.value.ChangeAlarmId;
import org.hikae.backup.view.ChangeAlarmView;
import org.hikae.backup.wire.ChangeFigures;
import org.hikae.backup.wire.ChangeLevel;
import org.hikae.backup.wire.EntropyKind;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.boundary.DeviceContextQueries;
import org.hikae.enrollment.control.ChangeConsentParagraph;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.ContainerAwait;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Alarms about changed files: who tells, what rests meanwhile, and who ends them (HK1-L-07,
 * HK1-R-20, HK1-R-21, HK1-H-12). Time budget: 20 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ChangeAlarmContainerIT {

  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final int HOLD_DAYS = 30;
  private static final int REST_DAYS = 7;
  private static final ChangeFigures ENCRYPTED =
      new ChangeFigures(ChangeLevel.MOST, ChangeLevel.NONE, EntropyKind.RANDOM);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private RunReportCommands runs;
  @Inject private DeviceContextQueries deviceContexts;
  @Inject private ChangeAlarmCommands changeAlarms;
  @Inject private OwnChangeAlarmQueries ownChangeAlarms;
  @Inject private OwnSnapshotReleaseCommands ownReleases;
  @Inject private EmployeeDirectory directory;
  @Inject private ChangeAlarmJob changeAlarmJob;
  @Inject private OptOutCommands optOut;
  @Inject private EmployeeLock employeeLock;

  @Resource(lookup = "java:jboss/UserTransaction")
  private UserTransaction transaction;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  /** Agrees to a text that names the figures, and that nobody else is shown within months. */
  private void agree(Enrolled who) throws Exception {
    long employee = who.agent().call(directory::me).employeeId();
    Instant shown = Instant.now().plus(Duration.ofDays(200));
    int version = (int) maintenanceFixture.number("select max(version) from consent_version") + 1;
    maintenanceFixture.update(
        "insert into consent_version (version, published_at, effective_from,"
            + " published_by_issuer, published_by_subject) values (?, ?, ?, 'test', 'test')",
        version,
        Instant.now(),
        shown);
    String text = "insert into consent_text (version, language, title, body) values (?, ?, 'x', ?)";
    maintenanceFixture.update(text, version, "ja", "前\n\n" + ChangeConsentParagraph.in("ja"));
    maintenanceFixture.update(text, version, "en", "another text");
    maintenanceFixture.update(
        "insert into consent (employee_id, client_id, text_version, text_language, action,"
            + " given_at) values (?, 'test', ?, 'ja', 'RECONSENTED', ?)",
        employee,
        version,
        Instant.now());
  }

  private RunReport report(RunReport.Kind kind, RunResult result, Instant began) {
    return new RunReport(
        kind,
        result,
        began,
        result == RunResult.RUNNING ? null : Instant.now().truncatedTo(ChronoUnit.MICROS),
        "1.1",
        1,
        0,
        1,
        1,
        0,
        1,
        ENCRYPTED);
  }

  private void ended(Enrolled who, String runId, RunReport report) throws Exception {
    who.agent().run(() -> runs.report(who.session(), runId, report));
  }

  private List<ChangeAlarmView> seen(Enrolled who) throws Exception {
    return EnrollmentFixture.ADMIN.call(() -> changeAlarms.of(who.laptop().id())).stream().toList();
  }

  @Test
  void nothing_is_kept_of_who_did_not_agree_and_figures_belong_to_the_end_of_a_backup()
      throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("changes-unasked");
    Enrolled who = series.owner;
    assertThat(who.agent().call(() -> deviceContexts.context(who.session())).changesAgreed())
        .isNull();
    RunReport end = report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now());
    ended(who, EnrollingDevice.newId(), end);
    assertThat(seen(who)).isEmpty();
    for (RunReport wrong :
        List.of(
            report(RunReport.Kind.RESTORE, RunResult.SUCCESS, Instant.now()),
            report(RunReport.Kind.BACKUP, RunResult.RUNNING, Instant.now()))) {
      ExpectedRefusal.with(
          MALFORMED, who.agent(), () -> runs.report(who.session(), EnrollingDevice.newId(), wrong));
    }
  }

  @Test
  void while_an_alarm_stands_nothing_goes_and_an_administrator_ends_it() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("changes-hit");
    Enrolled who = series.owner;
    SnapshotView first = series.commit("changes one");
    SnapshotView second = series.commit("changes two");
    agree(who);
    assertThat(who.agent().call(() -> deviceContexts.context(who.session())).changesAgreed())
        .isNotNull();
    assertThat(series.release(first).fate()).isNotNull();

    RunReport end = report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now());
    series.commit("changes encrypted");
    String runId = EnrollingDevice.newId();
    ended(who, runId, end);
    ended(who, runId, end);
    ChangeAlarmView alarm = seen(who).getFirst();
    assertThat(alarm.goodSnapshotId()).isEqualTo(second.snapshotId());
    assertThat(HELPDESK.call(changeAlarms::standing)).contains(alarm);
    assertThat(who.pages().call(ownChangeAlarms::standing)).containsExactly(alarm);
    ended(
        who,
        EnrollingDevice.newId(),
        report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now()));
    assertThat(seen(who)).as("told once").containsExactly(alarm);

    ExpectedRefusal.with(RELEASE_FROZEN, who.agent(), () -> series.release(second));
    ExpectedRefusal.with(
        RELEASE_FROZEN, who.pages(), () -> ownReleases.release(second.snapshotId()));
    maintenanceFixture.nights(HOLD_DAYS + 1);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);

    ChangeAlarmId id = alarm.alarmId();
    ExpectedRefusal.byRole(HELPDESK, () -> changeAlarms.end(id, true));
    ExpectedRefusal.with(
        REAUTHENTICATE,
        EnrollmentFixture.ADMIN.signedInBefore(Duration.ofHours(1)),
        () -> changeAlarms.end(id, true));
    EnrollmentFixture.ADMIN.run(() -> changeAlarms.end(id, true));
    ExpectedRefusal.with(RELEASE_FROZEN, who.agent(), () -> series.release(second));
    ExpectedRefusal.with(NOT_FOUND, EnrollmentFixture.ADMIN, () -> changeAlarms.end(id, true));
    assertThat(seen(who)).isEmpty();
    Instant rest = who.pages().call(ownChangeAlarms::restUntil).orElseThrow();
    assertThat(rest).isAfter(Instant.now().plus(Duration.ofDays(REST_DAYS)).minusSeconds(60));
    assertThat(HELPDESK.call(() -> changeAlarms.restUntil(new EmployeeId(series.employeeId()))))
        .isPresent();
    // Hold periods ran on while it stood, so all would go in this night without a rest.
    maintenanceFixture.nights(REST_DAYS - 1);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);
    maintenanceFixture.nights(2);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.REMOVED);
  }

  private static RunReport of(RunReport end, ChangeLevel files) {
    return new RunReport(
        end.kind(),
        end.result(),
        end.startedAt(),
        end.endedAt(),
        end.agentVersion(),
        end.filesDone(),
        end.filesFailed(),
        end.bytesRead(),
        end.bytesSent(),
        end.bytesReceived(),
        end.durationMillis(),
        new ChangeFigures(files, ChangeLevel.NONE, EntropyKind.RANDOM));
  }

  private void departs(Enrolled who, ChangeLevel files) throws Exception {
    RunReport end = report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now());
    ended(who, EnrollingDevice.newId(), of(end, files));
  }

  /**
   * One device that reports without end counts once, and nobody's report raises another's alarm.
   */
  @Test
  void devices_of_many_people_are_an_alarm_about_each_and_one_device_is_not_many()
      throws Exception {
    maintenanceFixture.update("delete from change_day");
    List<Enrolled> people = new ArrayList<>();
    for (String name : List.of("changes-many-1", "changes-many-2", "changes-many-3")) {
      Enrolled who = maintenanceFixture.series(name).owner;
      agree(who);
      people.add(who);
    }
    departs(people.get(0), ChangeLevel.SOME);
    departs(people.get(1), ChangeLevel.SOME);
    for (int i = 0; i < 4; i++) {
      // Again and again, and together still less than an alarm about this device alone.
      departs(people.get(0), ChangeLevel.FEW);
    }
    changeAlarmJob.raise(Instant.now());
    for (Enrolled who : people) {
      assertThat(seen(who)).as("two people are not three").isEmpty();
    }
    departs(people.get(2), ChangeLevel.SOME);
    assertThat(seen(people.get(2))).as("a report alone raises none").isEmpty();
    changeAlarmJob.raise(Instant.now());
    changeAlarmJob.raise(Instant.now());
    for (Enrolled who : people) {
      assertThat(seen(who)).hasSize(1).allMatch(ChangeAlarmView::ofMany);
    }
    EnrollmentFixture.ADMIN.run(
        () -> changeAlarms.end(seen(people.get(0)).getFirst().alarmId(), true));
    changeAlarmJob.raise(Instant.now());
    assertThat(seen(people.get(0))).as("a person has judged it").isEmpty();
  }

  /** Who has taken the administrator's device over may have their sign-in, too. */
  @Test
  void an_administrator_does_not_end_the_alarm_of_their_own_device() throws Exception {
    Enrolled who = maintenanceFixture.series("changes-own").owner;
    agree(who);
    ended(
        who,
        EnrollingDevice.newId(),
        report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now()));
    ChangeAlarmId id = seen(who).getFirst().alarmId();
    TestCaller own =
        TestCaller.portal(who.agent().subject(), RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
    ExpectedRefusal.with(ANOTHER_PERSON, own, () -> changeAlarms.end(id, true));
    EnrollmentFixture.ADMIN.run(() -> changeAlarms.end(id, false));
    assertThat(seen(who)).isEmpty();
  }

  @Test
  void an_alarm_goes_with_what_it_is_about() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("changes-gone");
    Enrolled who = series.owner;
    agree(who);
    ended(
        who,
        EnrollingDevice.newId(),
        report(RunReport.Kind.BACKUP, RunResult.SUCCESS, Instant.now()));
    assertThat(seen(who)).hasSize(1);
    who.pages().run(() -> optOut.optOut(Locale.ENGLISH));
    assertThat(seen(who)).as("until the grace is over it can be taken back").hasSize(1);
    maintenanceFixture.nights(HOLD_DAYS + 1);
    maintenanceFixture.erase();
    assertThat(seen(who)).isEmpty();
    assertThat(
            maintenanceFixture.number(
                "select count(*) from change_day where employee_id = " + series.employeeId()))
        .isZero();
  }

  /** Whoever removes something asks for an alarm while holding the employee: so must who raises. */
  @Test
  void a_report_of_changes_waits_for_whoever_holds_the_employee() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("changes-held");
    Enrolled who = series.owner;
    agree(who);
    String runId = EnrollingDevice.newId();
    Instant began = Instant.now().truncatedTo(ChronoUnit.MICROS);
    RunReport running =
        new RunReport(
            RunReport.Kind.BACKUP, RunResult.RUNNING, began, null, "1.1", 0, 0, 0, 0, 0, 0, null);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      transaction.begin();
      Future<?> end;
      try {
        employeeLock.lock(series.employeeId());
        other.submit(() -> report(who, runId, running)).get();
        end =
            other.submit(
                () -> report(who, runId, report(RunReport.Kind.BACKUP, RunResult.SUCCESS, began)));
        ContainerAwait.until(
            () ->
                end.isDone()
                    || maintenanceFixture.number(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
                        > 0);
        assertThat(end.isDone()).as("it waits").isFalse();
      } finally {
        transaction.rollback();
      }
      end.get();
    }
    assertThat(seen(who)).hasSize(1);
  }

  private Void report(Enrolled who, String runId, RunReport report) throws Exception {
    ended(who, runId, report);
    return null;
  }
}
