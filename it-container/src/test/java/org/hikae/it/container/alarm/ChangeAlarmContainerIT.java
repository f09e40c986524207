package org.hikae.it.container.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.REAUTHENTICATE;
import static org.hikae.problem.wire.ProblemCode.RELEASE_FROZEN;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hikae.backup.boundary.ChangeAlarmCommands;
import org.hikae.backup.boundary.OwnChangeAlarmQueries;
import org.hikae.backup.boundary.OwnSnapshotReleaseCommands;
import org.hikae.backup.boundary.RunReportCommands;
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
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.EnrollingDevice;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
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
 * HK1-R-20, HK1-R-21, HK1-H-12). Time budget: 15 seconds beside the server's start.
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
    assertThat(who.pages().call(ownChangeAlarms::restUntil)).isPresent();
    // Hold periods ran on while it stood, so all would go in this night without a rest.
    maintenanceFixture.nights(REST_DAYS - 1);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.HELD);
    maintenanceFixture.nights(2);
    series.work();
    assertThat(series.releaseState(first)).isEqualTo(ReleaseState.REMOVED);
  }
}
