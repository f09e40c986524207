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
import org.hikae.approval.boundary.ApprovalDesk;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.enrollment.boundary.OwnConsent;
import org.hikae.enrollment.view.OwnConsentDecision;
import org.hikae.identity.control.DirectoryPerson;
import org.hikae.identity.job.DirectoryPages;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.it.container.fixture.As;
import org.hikae.it.container.fixture.Nights;
import org.hikae.it.container.fixture.PlainListener;
import org.hikae.it.container.fixture.Refused;
import org.hikae.it.container.fixture.ShippedEar;
import org.hikae.lifecycle.boundary.ErasureDesk;
import org.hikae.lifecycle.boundary.HoldDesk;
import org.hikae.lifecycle.boundary.LeaverDesk;
import org.hikae.lifecycle.job.ErasureSteps;
import org.hikae.lifecycle.job.Leaving;
import org.hikae.lifecycle.view.ErasureView;
import org.hikae.lifecycle.view.LeaverView;
import org.hikae.lifecycle.view.SetHold;
import org.hikae.policy.boundary.PolicyDesk;
import org.hikae.policy.view.PutPolicy;
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
class LeaverContainerIT {

  private static final int KEEP_DAYS = 90;
  private static final As ANN = As.portal("leave-ann", Realm.EMPLOYEE, Realm.BACKUP_ADMIN);
  private static final As BEN = As.portal("leave-ben", Realm.EMPLOYEE, Realm.BACKUP_ADMIN);
  private static final As HELPDESK = As.portal("helpdesk-1", Realm.EMPLOYEE, Realm.HELPDESK);

  @Inject private Nights nights;
  @Inject private Directory directory;
  @Inject private DirectoryPages pages;
  @Inject private Leaving leaving;
  @Inject private LeaverDesk desk;
  @Inject private ErasureDesk erasures;
  @Inject private ErasureSteps steps;
  @Inject private OwnConsent consent;
  @Inject private HoldDesk holds;
  @Inject private ApprovalDesk approvals;
  @Inject private PolicyDesk policies;

  @Deployment
  static EnterpriseArchive ear() {
    return ShippedEar.withTests();
  }

  @BeforeEach
  @AfterEach
  void presentDay() throws Exception {
    nights.presentDay();
  }

  @Test
  void what_a_leaver_left_is_frozen_kept_and_then_erased_and_each_step_is_told() throws Exception {
    Nights.Series series = nights.series("leave-all");
    series.commit("leave one", "leave two");
    long repositoryId = series.repositoryId();
    long id = id(series);
    leave(id);
    Refused.with(EMPLOYEE_DISABLED, series.who.agent(), () -> nights.upload(series.who, "late"));
    work();
    LeaverView kept = view(id);
    assertThat(kept.data()).isEqualTo("KEPT");
    assertThat(kept.account()).isEqualTo("DISABLED");
    assertThat(kept.deletedAfter()).isBetween(inDays(KEEP_DAYS - 1), inDays(KEEP_DAYS + 1));
    work();
    assertThat(told(id)).containsExactly("leaver.kept");

    nights.nights(KEEP_DAYS - 2);
    work();
    assertThat(view(id).data()).isEqualTo("KEPT");
    nights.nights(2);
    work();
    LeaverView deleting = view(id);
    assertThat(deleting.data()).isEqualTo("DELETING");
    assertThat(stored(repositoryId)).as("the last day").isPositive();

    nights.nights(2);
    work();
    work();
    assertThat(view(id).data()).isEqualTo("DELETED");
    assertThat(
            nights.number(
                "select count(*) from stored_object where repository_id = " + repositoryId))
        .isZero();
    assertThat(told(id))
        .containsExactly("leaver.kept", "leaver.deleting", "set.erased", "leaver.deleted");
    assertThat(audited(id)).isEqualTo(3);
    assertThat(HELPDESK.call(() -> erasures.of(id)))
        .extracting(ErasureView::state)
        .containsExactly("ERASED");
  }

  @Test
  void who_is_back_before_that_finds_everything_as_it_was() throws Exception {
    Nights.Series early = nights.series("leave-early");
    early.commit("early one");
    Nights.Series late = nights.series("leave-late");
    late.commit("late one");
    long lateId = id(late);
    leave(id(early));
    leave(lateId);
    work();
    nights.nights(10);
    comeBack(early);
    work();
    early.commit("early one", "early two");
    assertThat(told(id(early))).containsExactly("leaver.kept", "leaver.returned");

    nights.nights(KEEP_DAYS - 9);
    work();
    assertThat(view(lateId).data()).isEqualTo("DELETING");
    comeBack(late);
    work();
    assertThat(late.who.pages().call(consent::status).state()).isEqualTo("OPTED_IN");
    late.commit("late one", "late two");
    nights.nights(3);
    work();
    nights.download(late.who, "late one");
    assertThat(HELPDESK.call(() -> erasures.of(lateId)))
        .extracting(ErasureView::state)
        .containsExactly("TAKEN_BACK");
    assertThat(late.who.pages().call(consent::decisions))
        .as("leaving is no decision of the employee")
        .extracting(OwnConsentDecision::action)
        .containsExactly("OPTED_IN");
  }

  @Test
  void a_legal_hold_keeps_it_and_a_longer_policy_is_told() throws Exception {
    Nights.Series held = nights.series("leave-held");
    held.commit("held leaver");
    Nights.Series longer = nights.series("leave-longer");
    longer.commit("longer leaver");
    long heldId = id(held);
    long longerId = id(longer);
    leave(heldId);
    leave(longerId);
    work();
    ANN.run(() -> holds.set(heldId, new SetHold("Case 9")));
    PutPolicy more = new PutPolicy(0L, null, Map.of("leaverKeepDays", 400), null);
    ANN.run(() -> policies.put("employee/" + longerId, more));
    nights.nights(KEEP_DAYS + 5);
    work();
    work();
    assertThat(view(heldId).data()).isEqualTo("KEPT");
    assertThat(view(heldId).held()).isTrue();
    assertThat(view(longerId).data()).isEqualTo("KEPT");
    assertThat(told(longerId)).containsExactly("leaver.kept", "leaver.due");

    ApprovalView asked = ANN.call(() -> holds.lift(heldId));
    BEN.run(() -> approvals.approve(asked.requestId(), new Approve(asked.changeHash())));
    work();
    assertThat(view(heldId).data()).as("a last day, however late").isEqualTo("DELETING");
    nights.nights(2);
    work();
    work();
    assertThat(view(heldId).data()).isEqualTo("DELETED");
  }

  @Test
  void a_leaver_without_a_backup_and_a_clock_that_jumps() throws Exception {
    As nobody = As.portal("leave-nothing", Realm.EMPLOYEE);
    long id = nobody.call(directory::me).employeeId();
    leave(id);
    work();
    leaving.work(nights.now.plus(Duration.ofDays(400)));
    assertThat(view(id).data()).as("a clock that jumps hurries nothing").isEqualTo("KEPT");
    nights.nights(KEEP_DAYS);
    work();
    assertThat(view(id).data()).isEqualTo("DELETED");
    assertThat(told(id)).containsExactly("leaver.kept", "leaver.deleted");
  }

  @Test
  void only_staff_sees_leavers() {
    Refused.byRole(As.portal("leave-curious", Realm.EMPLOYEE), () -> desk.page(0, 10));
    Refused.with(NOT_FOUND, HELPDESK, () -> erasures.of(Long.MAX_VALUE));
  }

  private void leave(long employeeId) {
    pages.mark(List.of(new DirectoryPages.Leaving(employeeId, true, false)), nights.now);
  }

  private void comeBack(Nights.Series series) {
    String subject = series.who.agent().subject();
    DirectoryPerson person = new DirectoryPerson(subject, subject, subject, null, true);
    pages.apply(As.ISSUER, List.of(person), Map.of(subject, Set.of()), nights.now);
  }

  private void work() {
    leaving.work(nights.now);
    for (long id : steps.due(nights.now, 0)) {
      while (steps.step(id, nights.now)) {
        // Goes on until nothing is left.
      }
    }
  }

  private Instant inDays(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private LeaverView view(long employeeId) throws Exception {
    return HELPDESK.call(() -> desk.page(employeeId - 1, 1)).leavers().stream()
        .filter(leaver -> leaver.employeeId() == employeeId)
        .findFirst()
        .orElseThrow();
  }

  private long id(Nights.Series series) throws Exception {
    return series.who.agent().call(directory::me).employeeId();
  }

  private List<String> told(long employeeId) throws Exception {
    return nights.texts(
        "select kind from notice where employee_id = "
            + employeeId
            + " and (kind like 'leaver.%' or kind = 'set.erased') order by notice_id");
  }

  private long audited(long employeeId) throws Exception {
    return nights.number(
        "select count(*) from audit_event where object = 'employee:"
            + employeeId
            + "' and action like 'leaver.%'");
  }

  private long stored(long repositoryId) throws Exception {
    return nights.number(
        "select stored_bytes from repository where repository_id = " + repositoryId);
  }
}
