package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.view.Caller;
import org.hikae.identity.control.MassLeaveActionRules;
import org.hikae.identity.entity.DirectoryState;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.MassLeave;
import org.hikae.identity.entity.MassLeaver;
import org.hikae.identity.service.MassLeaveViewMapper;
import org.hikae.identity.store.DirectoryStateStore;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.store.MassLeaveStore;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.identity.view.MassLeaveAction;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/** Administrators decide whether so many people have really left. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class MassLeaveCommands {

  /** Most people on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private DirectoryStateStore states;
  @Inject private MassLeaveStore massLeaves;
  @Inject private EmployeeStore employees;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /** The people of a finding above a number; null from the first. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
  public MassLeaverPage people(
      MassLeaveId findingId, @Nullable EmployeeId after, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    if (massLeaves.find(findingId.value()).isEmpty()) {
      throw Refusal.notFound();
    }
    List<MassLeaver> page = massLeaves.leaversAfter(findingId.value(), RowId.after(after), limit);
    if (page.isEmpty()) {
      return new MassLeaverPage(List.of(), null);
    }
    Map<Long, Employee> people =
        employees.byIds(page.stream().map(MassLeaver::employeeId).toList()).stream()
            .collect(Collectors.toMap(Employee::employeeId, Function.identity()));
    return new MassLeaverPage(
        page.stream()
            .flatMap(
                leaver ->
                    Stream.ofNullable(people.get(leaver.employeeId()))
                        .map(person -> one(leaver, person)))
            .toList(),
        page.size() < limit ? null : (Long) page.getLast().employeeId());
  }

  private static MassLeaverPage.One one(MassLeaver leaver, Employee employee) {
    return new MassLeaverPage.One(
        leaver.employeeId(), employee.username(), employee.displayName(), leaver.state());
  }

  /**
   * They have left: they are marked, and everybody is read again soon, so that who is back since is
   * no leaver for long. It takes a recent sign-in, and the number of the finding that stands.
   */
  public MassLeaveView confirm(MassLeaveId findingId) {
    Caller caller = currentCaller.recentlySignedIn();
    DirectoryState state = states.lock();
    MassLeave finding = standing(findingId.value(), MassLeaveAction.CONFIRM);
    state.forgetPosition();
    return decided(finding, MassLeaveState.CONFIRMED, caller);
  }

  /** They have not left: nobody is marked or asked about as long as the same people are found. */
  public MassLeaveView dismiss(MassLeaveId findingId) {
    Caller caller = currentCaller.recentlySignedIn();
    states.lock();
    MassLeave finding = standing(findingId.value(), MassLeaveAction.DISMISS);
    return decided(finding, MassLeaveState.DISMISSED, caller);
  }

  /** The finding that stands, with which this may be done. */
  private MassLeave standing(long findingId, MassLeaveAction action) {
    if (massLeaves.find(findingId).isEmpty()) {
      throw Refusal.notFound();
    }
    return massLeaves
        .standing()
        .filter(finding -> finding.findingId() == findingId)
        .filter(finding -> MassLeaveActionRules.actions(finding.state()).contains(action))
        .orElseThrow(() -> Refusal.of(ProblemCode.CONFLICT));
  }

  private MassLeaveView decided(MassLeave finding, MassLeaveState decision, Caller caller) {
    finding.decide(decision, caller.issuer(), caller.subject(), clock.instant());
    NoticeKind kind =
        decision == MassLeaveState.CONFIRMED
            ? NoticeKind.MASS_LEAVE_CONFIRMED
            : NoticeKind.MASS_LEAVE_DISMISSED;
    Map<String, String> detail =
        Map.of(
            "findingId", Long.toString(finding.findingId()),
            "leavers", Integer.toString(finding.leavers()));
    outbox.tellAdmins(kind, detail);
    trail.record(kind.code(), "finding:" + finding.findingId(), detail);
    return MassLeaveViewMapper.of(finding);
  }
}
