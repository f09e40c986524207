package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.hikae.backup.restic.boundary.DeviceResticCommands;
import org.hikae.backup.restic.boundary.EmployeeResticCredentialCommands;
import org.hikae.backup.restic.boundary.OwnResticCredentialCommands;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.EnrollmentFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.PostgresOnly;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.OptOutCommands;
import org.hikae.problem.wire.ProblemCode;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Credentials of restic on the pages: the employee's own, and those that others may end (HK1-G-01).
 * Time budget: 15 seconds beside the server's start.
 */
@PostgresOnly
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
class ResticCredentialContainerIT {

  private static final TestCaller ADMIN =
      TestCaller.portal("admin-1", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);
  private static final TestCaller AUDITOR =
      TestCaller.portal("auditor-1", RealmNames.EMPLOYEE, RealmNames.AUDITOR);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private EnrollmentFixture enrollmentFixture;
  @Inject private OwnResticCredentialCommands own;
  @Inject private EmployeeResticCredentialCommands credentialCommands;
  @Inject private DeviceResticCommands resticCommands;
  @Inject private OwnDeviceCommands devices;
  @Inject private OptOutCommands optOut;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  private long employeeId(EnrollmentFixture.Enrolled who) throws Exception {
    return maintenanceFixture.number(
        "select employee_id from device where device_id = '" + who.laptop().id() + "'");
  }

  private long audited(String action, String username) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from audit_event where action = '"
            + action
            + "' and object = 'restic-credential:"
            + username
            + "'");
  }

  @Test
  void an_employee_gives_their_device_a_credential_for_the_repository_that_it_has()
      throws Exception {
    EnrollmentFixture.Enrolled who = maintenanceFixture.series("restic-own").owner;
    String device = who.laptop().id();
    assertThat(who.pages().call(own::offered)).isTrue();
    NewResticCredential first = who.agent().call(() -> resticCommands.give(who.session()));
    NewResticCredential second = who.pages().call(() -> own.give(device));
    assertThat(second.repository()).isEqualTo(first.repository());
    assertThat(second.password()).isNotEqualTo(first.password());
    List<ResticCredentialView> listed = who.pages().call(own::list);
    assertThat(listed)
        .extracting(ResticCredentialView::username)
        .containsExactlyInAnyOrder(first.username(), second.username());
    assertThat(listed.toString()).doesNotContain(second.password());
    assertThat(audited("restic.credential", second.username())).isEqualTo(1);

    ExpectedRefusal.with(
        ProblemCode.REAUTHENTICATE,
        who.pages().signedInBefore(Duration.ofMinutes(11)),
        () -> own.give(device));
    ExpectedRefusal.with(ProblemCode.MALFORMED, who.pages(), () -> own.give("no identifier"));
    ExpectedRefusal.byRole(
        TestCaller.portal("restic-own", RealmNames.HELPDESK), () -> own.give(device));
    assertThat(who.pages().call(own::devices))
        .extracting(DeviceView::deviceId)
        .containsExactly(device);
    who.pages().run(() -> devices.pause(device));
    ExpectedRefusal.with(ProblemCode.DEVICE_PAUSED, who.pages(), () -> own.give(device));
    assertThat(who.pages().call(own::devices)).isEmpty();
  }

  @Test
  void nobody_gives_or_ends_what_is_not_theirs() throws Exception {
    EnrollmentFixture.Enrolled who = maintenanceFixture.series("restic-mine").owner;
    EnrollmentFixture.Enrolled other = maintenanceFixture.series("restic-not-mine").owner;
    EnrollmentFixture.Enrolled without = enrollmentFixture.enrolled("restic-without");
    NewResticCredential given = who.pages().call(() -> own.give(who.laptop().id()));
    ExpectedRefusal.with(ProblemCode.NOT_FOUND, other.pages(), () -> own.give(who.laptop().id()));
    ExpectedRefusal.with(ProblemCode.NOT_FOUND, other.pages(), () -> own.revoke(given.username()));
    assertThat(other.pages().call(own::list)).isEmpty();
    assertThat(without.pages().call(own::offered)).isFalse();
    ExpectedRefusal.with(
        ProblemCode.NOT_OPTED_IN, without.pages(), () -> own.give(without.laptop().id()));
    assertThat(
            maintenanceFixture.number(
                "select count(*) from repository where device_id = '"
                    + without.laptop().id()
                    + "'"))
        .isZero();

    who.pages().run(() -> own.revoke(given.username()));
    who.pages().run(() -> own.revoke(given.username()));
    assertThat(who.pages().call(own::list).getFirst().usable()).isFalse();
    assertThat(audited("restic.credential-revoke", given.username())).isEqualTo(1);
    who.pages().run(() -> optOut.optOut(Locale.ENGLISH));
    ExpectedRefusal.with(ProblemCode.NOT_OPTED_IN, who.pages(), () -> own.give(who.laptop().id()));
  }

  @Test
  void those_who_help_see_credentials_and_end_them_and_an_auditor_only_sees() throws Exception {
    EnrollmentFixture.Enrolled who = maintenanceFixture.series("restic-helped").owner;
    long employeeId = employeeId(who);
    NewResticCredential first = who.pages().call(() -> own.give(who.laptop().id()));
    NewResticCredential second = who.pages().call(() -> own.give(who.laptop().id()));
    for (TestCaller one : List.of(ADMIN, HELPDESK, AUDITOR)) {
      assertThat(one.call(() -> credentialCommands.list(new EmployeeId(employeeId)))).hasSize(2);
      ExpectedRefusal.with(
          ProblemCode.NOT_FOUND,
          one,
          () -> credentialCommands.list(new EmployeeId(Long.MAX_VALUE)));
    }
    ExpectedRefusal.byRole(who.pages(), () -> credentialCommands.list(new EmployeeId(employeeId)));
    ExpectedRefusal.byRole(
        AUDITOR, () -> credentialCommands.revoke(new EmployeeId(employeeId), first.username()));
    HELPDESK.run(() -> credentialCommands.revoke(new EmployeeId(employeeId), first.username()));
    ADMIN.run(() -> credentialCommands.revoke(new EmployeeId(employeeId), second.username()));
    ExpectedRefusal.with(
        ProblemCode.NOT_FOUND,
        ADMIN,
        () ->
            credentialCommands.revoke(
                new EmployeeId(employeeId(maintenanceFixture.series("restic-else").owner)),
                second.username()));
    assertThat(who.pages().call(own::list)).noneMatch(ResticCredentialView::usable);
    assertThat(audited("restic.credential-revoke", first.username())).isEqualTo(1);
  }
}
