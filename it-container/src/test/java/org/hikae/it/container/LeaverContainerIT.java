package org.hikae.it.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.problem.wire.ProblemCode.EMPLOYEE_DISABLED;
import static org.hikae.problem.wire.ProblemCode.NOT_FOUND;

import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryWriter;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.container.fixture.DualControlFixture;
import org.hikae.it.container.fixture.ExpectedRefusal;
import org.hikae.it.container.fixture.MaintenanceFixture;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.it.container.fixture.TestCaller;
import org.hikae.lifecycle.boundary.EmployeeErasureQueries;
import org.hikae.lifecycle.boundary.LeaverQueries;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.job.LeaverJob;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.value.LeaverState;
import org.hikae.lifecycle.view.ErasureView;
import org.hikae.lifecycle.view.LeaverView;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.view.PutPolicy;
import org.hikae.problem.control.PageRequest;
import org.hikae.testing.EveryThirdRun;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What becomes of the data of those who leave, over months that pass in a moment (HK1-P-20,
 * HK1-P-22, HK1-P-23). Time budget: 20 seconds on each database beside the server's start.
 */
@ExtendWith(ArquillianExtension.class)
@ServerSetup(PlainListener.class)
@EveryThirdRun
class LeaverContainerIT {

  private static final int KEEP_DAYS = 90;
  private static final TestCaller ANN =
      TestCaller.portal("leave-ann", RealmNames.EMPLOYEE, RealmNames.BACKUP_ADMIN);
  private static final TestCaller HELPDESK =
      TestCaller.portal("helpdesk-1", RealmNames.EMPLOYEE, RealmNames.HELPDESK);

  @Inject private MaintenanceFixture maintenanceFixture;
  @Inject private DualControlFixture dualControlFixture;
  @Inject private EmployeeDirectory directory;
  @Inject private DirectoryWriter directoryWriter;
  @Inject private LeaverJob leaverJob;
  @Inject private LeaverQueries leaverQueries;
  @Inject private EmployeeErasureQueries erasures;
  @Inject private OwnConsentCommands consent;
  @Inject private LegalHoldCommands holds;
  @Inject private PolicyCommands policies;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    maintenanceFixture.presentDay();
  }

  @Test
  void what_a_leaver_left_is_frozen_kept_and_then_erased_and_each_step_is_told() throws Exception {
    MaintenanceFixture.BackupSeries series = maintenanceFixture.series("leave-all");
    series.commit("leave one", "leave two");
    long repositoryId = series.repositoryId();
    long id = series.employeeId();
    leave(id);
    ExpectedRefusal.with(
        EMPLOYEE_DISABLED,
        series.owner.agent(),
        () -> maintenanceFixture.upload(series.owner, "late"));
    work();
    LeaverView kept = view(id);
    assertThat(kept.data()).isEqualTo(LeaverState.KEPT);
    assertThat(kept.account()).isEqualTo(EmployeeState.DISABLED);
    assertThat(kept.deletedAfter()).isBetween(inDays(KEEP_DAYS - 1), inDays(KEEP_DAYS + 1));
    work();
    assertThat(told(id)).containsExactly("leaver.kept");

    maintenanceFixture.nights(KEEP_DAYS - 2);
    work();
    assertThat(view(id).data()).isEqualTo(LeaverState.KEPT);
    maintenanceFixture.nights(2);
    work();
    LeaverView deleting = view(id);
    assertThat(deleting.data()).isEqualTo(LeaverState.DELETING);
    assertThat(maintenanceFixture.storedBytes(repositoryId)).as("the last day").isPositive();

    maintenanceFixture.nights(2);
    work();
    work();
    assertThat(view(id).data()).isEqualTo(LeaverState.DELETED);
    assertThat(
            maintenanceFixture.number(
                "select count(*) from stored_object where repository_id = " + repositoryId))
        .isZero();
    assertThat(told(id))
        .containsExactly("leaver.kept", "leaver.deleting", "set.erased", "leaver.deleted");
    assertThat(audited(id)).isEqualTo(3);
    assertThat(HELPDESK.call(() -> erasures.of(new EmployeeId(id))))
        .extracting(ErasureView::state)
        .containsExactly(ErasureState.ERASED);
  }

  @Test
  void who_is_back_before_that_finds_everything_as_it_was() throws Exception {
    MaintenanceFixture.BackupSeries early = maintenanceFixture.series("leave-early");
    early.commit("early one");
    MaintenanceFixture.BackupSeries late = maintenanceFixture.series("leave-late");
    late.commit("late one");
    long lateId = late.employeeId();
    leave(early.employeeId());
    leave(lateId);
    work();
    maintenanceFixture.nights(10);
    comeBack(early);
    work();
    early.commit("early one", "early two");
    assertThat(told(early.employeeId())).containsExactly("leaver.kept", "leaver.returned");

    maintenanceFixture.nights(KEEP_DAYS - 9);
    work();
    assertThat(view(lateId).data()).isEqualTo(LeaverState.DELETING);
    comeBack(late);
    work();
    assertThat(late.owner.pages().call(consent::status).state()).isEqualTo(OptInState.OPTED_IN);
    late.commit("late one", "late two");
    maintenanceFixture.nights(3);
    work();
    maintenanceFixture.download(late.owner, "late one");
    assertThat(HELPDESK.call(() -> erasures.of(new EmployeeId(lateId))))
        .extracting(ErasureView::state)
        .containsExactly(ErasureState.TAKEN_BACK);
    assertThat(late.owner.pages().call(consent::decisions))
        .as("leaving is no decision of the employee")
        .extracting(OwnConsentDecision::action)
        .containsExactly(ConsentAction.OPTED_IN);
  }

  @Test
  void a_legal_hold_keeps_it_and_a_longer_policy_is_told() throws Exception {
    MaintenanceFixture.BackupSeries held = maintenanceFixture.series("leave-held");
    held.commit("held leaver");
    MaintenanceFixture.BackupSeries longer = maintenanceFixture.series("leave-longer");
    longer.commit("longer leaver");
    long heldId = held.employeeId();
    long longerId = longer.employeeId();
    leave(heldId);
    leave(longerId);
    work();
    ANN.run(() -> holds.set(new EmployeeId(heldId), new SetLegalHold("Case 9")));
    PutPolicy more = new PutPolicy(0L, null, Map.of("leaverKeepDays", 400), null, null);
    ANN.run(() -> policies.put("employee/" + longerId, more));
    maintenanceFixture.nights(KEEP_DAYS + 5);
    work();
    work();
    assertThat(view(heldId).data()).isEqualTo(LeaverState.KEPT);
    assertThat(view(heldId).held()).isTrue();
    assertThat(view(longerId).data()).isEqualTo(LeaverState.KEPT);
    assertThat(told(longerId)).containsExactly("leaver.kept", "leaver.due");

    dualControlFixture.lift(heldId);
    work();
    assertThat(view(heldId).data()).as("a last day, however late").isEqualTo(LeaverState.DELETING);
    maintenanceFixture.nights(2);
    work();
    work();
    assertThat(view(heldId).data()).isEqualTo(LeaverState.DELETED);
  }

  @Test
  void a_leaver_without_a_backup_and_a_clock_that_jumps() throws Exception {
    TestCaller nobody = TestCaller.portal("leave-nothing", RealmNames.EMPLOYEE);
    long id = nobody.call(directory::me).employeeId();
    leave(id);
    work();
    leaverJob.work(maintenanceFixture.now.plus(Duration.ofDays(400)));
    assertThat(view(id).data())
        .as("a clock that jumps hurries nothing")
        .isEqualTo(LeaverState.KEPT);
    maintenanceFixture.nights(KEEP_DAYS);
    work();
    assertThat(view(id).data()).isEqualTo(LeaverState.DELETED);
    assertThat(told(id)).containsExactly("leaver.kept", "leaver.deleted");
  }

  @Test
  void only_staff_sees_leavers() {
    ExpectedRefusal.byRole(
        TestCaller.portal("leave-curious", RealmNames.EMPLOYEE),
        () -> leaverQueries.page(null, new PageRequest(10)));
    ExpectedRefusal.with(NOT_FOUND, HELPDESK, () -> erasures.of(new EmployeeId(Long.MAX_VALUE)));
  }

  private void leave(long employeeId) {
    directoryWriter.mark(
        List.of(new DirectoryWriter.FoundLeaver(employeeId, true, false)), maintenanceFixture.now);
  }

  private void comeBack(MaintenanceFixture.BackupSeries series) {
    String subject = series.owner.agent().subject();
    DirectoryPerson person = new DirectoryPerson(subject, subject, subject, null, true);
    directoryWriter.apply(
        TestCaller.ISSUER, List.of(person), Map.of(subject, Set.of()), maintenanceFixture.now);
  }

  private void work() {
    leaverJob.work(maintenanceFixture.now);
    maintenanceFixture.erase();
  }

  private Instant inDays(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private LeaverView view(long employeeId) throws Exception {
    return HELPDESK
        .call(() -> leaverQueries.page(new EmployeeId(employeeId - 1), new PageRequest(1)))
        .leavers()
        .stream()
        .filter(leaver -> leaver.employeeId() == employeeId)
        .findFirst()
        .orElseThrow();
  }

  private List<String> told(long employeeId) throws Exception {
    return maintenanceFixture.texts(
        "select kind from notice where employee_id = "
            + employeeId
            + " and (kind like 'leaver.%' or kind = 'set.erased') order by notice_id");
  }

  private long audited(long employeeId) throws Exception {
    return maintenanceFixture.number(
        "select count(*) from audit_event where object = 'employee:"
            + employeeId
            + "' and action like 'leaver.%'");
  }
}
