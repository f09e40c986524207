package org.hikae.it.container.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hikae.problem.wire.ProblemCode.DEVICE_SESSION_REQUIRED;
import static org.hikae.problem.wire.ProblemCode.FORBIDDEN;
import static org.hikae.problem.wire.ProblemCode.MALFORMED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;
import static org.hikae.problem.wire.ProblemCode.TOO_MANY_REQUESTS;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.hikae.diagnostics.boundary.DeviceDiagnosticsCommands;
import org.hikae.diagnostics.boundary.EmployeeDiagnosticsQueries;
import org.hikae.diagnostics.boundary.OwnDiagnosticsQueries;
import org.hikae.diagnostics.job.DiagnosticsExpirySteps;
import org.hikae.diagnostics.view.DiagnosticsView;
import org.hikae.diagnostics.view.LikelyCause;
import org.hikae.diagnostics.view.LikelyCauseKind;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.diagnostics.wire.DiagnosticsTools;
import org.hikae.diagnostics.wire.PortalReach;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.EnrollmentFixture.Enrolled;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.problem.control.Refusal;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who may send diagnostics, how many, who sees them, and when they go (HK1-R-17). Time budget: 10
 * seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class DiagnosticsContainerIT {

  private static final int KEPT = 5;
  private static final int PER_DAY = 10;

  private static final TestCaller HELPDESK =
      TestCaller.portal("diagnostics-helpdesk", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller AUDITOR =
      TestCaller.portal("diagnostics-auditor", RealmNames.EMPLOYEE, RealmNames.AUDITOR);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private DeviceDiagnosticsCommands commands;
  @Inject private EmployeeDiagnosticsQueries employeeDiagnostics;
  @Inject private OwnDiagnosticsQueries ownDiagnostics;
  @Inject private DiagnosticsExpirySteps expirySteps;
  @Inject private OwnDeviceCommands ownDevices;
  @Inject private OptOutCommands optOut;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  /** All is well with it but the schedule; the number of folders tells it from others. */
  private static Diagnostics told(int folders, String system) {
    Instant at = Instant.parse("2026-12-02T09:00:00Z");
    return new Diagnostics(
        Diagnostics.FORMAT,
        at,
        "99.0.0",
        system,
        "6.12.0",
        "amd64",
        "25.0.1",
        "ja",
        true,
        false,
        null,
        false,
        true,
        true,
        1L << 40,
        null,
        PortalReach.OK,
        new DiagnosticsTools(true, true, true),
        folders,
        List.of(),
        List.of());
  }

  private DiagnosticsAnswer send(Enrolled who, int folders) throws Exception {
    return who.agent().call(() -> commands.send(who.session(), told(folders, "Linux")));
  }

  private List<DiagnosticsView> own(Enrolled who) throws Exception {
    return who.pages().call(ownDiagnostics::newest);
  }

  private List<DiagnosticsView> ofDevice(Enrolled who) throws Exception {
    return HELPDESK.call(() -> employeeDiagnostics.ofDevice(who.laptop().id()));
  }

  private EmployeeId employeeId(Enrolled who) throws Exception {
    return new EmployeeId(
        maintenanceFixture.number(
            "select employee_id from device where device_id = '" + who.laptop().id() + "'"));
  }

  private long rows(Enrolled who) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from device_diagnostics where device_id = '" + who.laptop().id() + "'");
  }

  private void age(Enrolled who, Duration by) throws Exception {
    maintenanceFixture.update(
        "update device_diagnostics set received_at = ? where device_id = ?",
        Instant.now().minus(by).truncatedTo(ChronoUnit.MILLIS),
        who.laptop().id());
  }

  @Test
  void the_help_desk_and_their_employee_see_them_with_causes_and_nobody_else() throws Exception {
    Enrolled asks = enrollmentFixture.enrolled("diagnostics-asks");
    Enrolled other = enrollmentFixture.enrolled("diagnostics-other");
    DiagnosticsAnswer answer = send(asks, 3);
    assertThat(Duration.between(answer.receivedAt(), answer.keptUntil()))
        .isEqualTo(Duration.ofDays(30));

    DiagnosticsView view = own(asks).getFirst();
    assertThat(view.diagnostics()).isEqualTo(told(3, "Linux"));
    assertThat(view.deviceId()).isEqualTo(asks.laptop().id());
    assertThat(view.deviceName()).isEqualTo("laptop of diagnostics-asks");
    assertThat(view.receivedAt()).isEqualTo(answer.receivedAt());
    assertThat(view.keptUntil()).isEqualTo(answer.keptUntil());
    assertThat(view.causes())
        .extracting(LikelyCause::kind)
        .containsExactly(LikelyCauseKind.NOT_SCHEDULED);
    EmployeeId employeeId = employeeId(asks);
    assertThat(HELPDESK.call(() -> employeeDiagnostics.newest(employeeId))).containsExactly(view);
    assertThat(ofDevice(asks)).containsExactly(view);
    assertThat(own(other)).isEmpty();
    assertThat(ofDevice(other)).isEmpty();

    ExpectedRefusal.byRole(AUDITOR, () -> employeeDiagnostics.newest(employeeId));
    ExpectedRefusal.byRole(AUDITOR, () -> employeeDiagnostics.ofDevice(asks.laptop().id()));
    ExpectedRefusal.byRole(asks.pages(), () -> employeeDiagnostics.newest(employeeId));
    ExpectedRefusal.with(
        NOT_FOUND, HELPDESK, () -> employeeDiagnostics.newest(new EmployeeId(999_999_999)));
    ExpectedRefusal.with(FORBIDDEN, asks.agent(), ownDiagnostics::newest);
    assertThat(
            maintenanceFixture.texts(
                "select detail from audit_event where action = 'device.diagnostics'"
                    + " and object = 'device:"
                    + asks.laptop().id()
                    + "'"))
        .containsExactly("{}");
  }

  @Test
  void only_a_device_sends_them_and_only_within_the_bounds() throws Exception {
    Enrolled asks = enrollmentFixture.enrolled("diagnostics-bounds");
    Diagnostics sound = told(1, "Linux");
    ExpectedRefusal.with(FORBIDDEN, asks.pages(), () -> commands.send(asks.session(), sound));
    ExpectedRefusal.byRole(
        TestCaller.portal("nobody-1"), () -> commands.send(asks.session(), sound));
    ExpectedRefusal.with(DEVICE_SESSION_REQUIRED, asks.agent(), () -> commands.send(null, sound));
    Enrolled other = enrollmentFixture.enrolled("diagnostics-thief");
    ExpectedRefusal.with(
        DEVICE_SESSION_REQUIRED, other.agent(), () -> commands.send(asks.session(), sound));
    ExpectedRefusal.with(
        MALFORMED, asks.agent(), () -> commands.send(asks.session(), told(-1, "Linux")));
    ExpectedRefusal.with(
        MALFORMED, asks.agent(), () -> commands.send(asks.session(), told(1, "Lin\nux")));
    assertThat(rows(asks)).isZero();
  }

  @Test
  void ten_a_day_are_taken_and_the_newest_five_are_kept() throws Exception {
    Enrolled asks = enrollmentFixture.enrolled("diagnostics-often");
    for (int number = 1; number <= PER_DAY; number++) {
      send(asks, number);
    }
    assertThat(own(asks))
        .extracting(view -> view.diagnostics().folders())
        .containsExactly(10, 9, 8, 7, 6);
    assertThat(
            maintenanceFixture.number(
                "select count(*) from device_diagnostics where content is not null"
                    + " and device_id = '"
                    + asks.laptop().id()
                    + "'"))
        .isEqualTo(KEPT);
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> send(asks, 11));
    assertThat(refusal.code()).isEqualTo(TOO_MANY_REQUESTS);
    assertThat(refusal.retryAfterSeconds()).isBetween(86_000, 86_401);
    assertThat(own(asks)).hasSize(KEPT);

    age(asks, Duration.ofHours(25));
    expirySteps.forget();
    assertThat(rows(asks)).as("what was replaced is not counted any more").isEqualTo(KEPT);
    send(asks, 12);
    assertThat(own(asks)).first().extracting(view -> view.diagnostics().folders()).isEqualTo(12);
  }

  @Test
  void they_go_after_thirty_days_and_with_their_device() throws Exception {
    Enrolled asks = enrollmentFixture.enrolled("diagnostics-old");
    send(asks, 1);
    age(asks, Duration.ofDays(30));
    assertThat(own(asks)).as("before the job has been there").isEmpty();
    expirySteps.forget();
    assertThat(rows(asks)).isZero();

    send(asks, 2);
    asks.pages().run(() -> ownDevices.revoke(asks.laptop().id()));
    assertThat(rows(asks)).isZero();
    assertThat(own(asks)).isEmpty();
  }

  @Test
  void they_go_with_what_their_employee_had_stored() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("diagnostics-leaves");
    Enrolled stays = enrollmentFixture.enrolled("diagnostics-stays");
    send(series.owner, 1);
    send(stays, 1);
    series.owner.pages().run(() -> optOut.optOut(Locale.ENGLISH));
    maintenanceFixture.nights(29);
    maintenanceFixture.erase();
    assertThat(rows(series.owner)).isEqualTo(1);
    maintenanceFixture.nights(2);
    maintenanceFixture.erase();
    assertThat(rows(series.owner)).isZero();
    assertThat(rows(stays)).isEqualTo(1);
  }
}
