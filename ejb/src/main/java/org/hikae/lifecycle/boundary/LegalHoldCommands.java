package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.approval.service.ApprovalRequester;
import org.hikae.approval.view.ApprovalView;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.identity.wire.RealmNames;
import org.hikae.lifecycle.service.LegalHoldLiftApproval;
import org.hikae.lifecycle.value.LegalHoldId;
import org.hikae.lifecycle.view.LegalHoldEmployee;
import org.hikae.lifecycle.view.LegalHoldPage;
import org.hikae.lifecycle.view.LegalHoldView;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/**
 * Administrators set a legal hold at once; lifting it waits for a second administrator. A hold
 * freezes ciphertext, snapshots and wraps of an employee and opens none of them.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class LegalHoldCommands {

  /** Most holds on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private LegalHolds legalHolds;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private EmployeeDirectory directory;
  @Inject private ApprovalRequester approvals;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;

  /** The hold on an employee; refused as not found when there is none. */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public LegalHoldView of(EmployeeId employeeId) {
    return LegalHoldView.of(standing(employeeId.value()));
  }

  /**
   * Who is held now, the longest held first.
   *
   * @param after holds above this one; null from the first
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  @RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
  public LegalHoldPage page(@Nullable LegalHoldId after, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<StandingLegalHold> found =
        legalHolds.standingAfter(currentCaller.caller().scope(), RowId.after(after), limit + 1);
    List<StandingLegalHold> standing = found.subList(0, Math.min(limit, found.size()));
    List<Long> held = standing.stream().map(StandingLegalHold::employeeId).toList();
    Map<Long, String> names = directory.names(held);
    Set<Long> lifting = approvals.waitingAbout(LegalHoldLiftApproval.KIND, held);
    return new LegalHoldPage(
        standing.stream()
            .map(
                one ->
                    LegalHoldEmployee.of(
                        one,
                        names.getOrDefault(one.employeeId(), ""),
                        lifting.contains(one.employeeId())))
            .toList(),
        found.size() <= limit ? null : (Long) standing.getLast().holdId());
  }

  /** Sets a hold; refused when the employee is not known or has one already. */
  public LegalHoldView set(EmployeeId employeeId, SetLegalHold wanted) {
    String reason = reason(wanted.reason());
    directory.requireKnown(employeeId.value());
    LegalHoldView set =
        LegalHoldView.of(legalHolds.set(employeeId.value(), reason, currentCaller.caller()));
    if (legalHoldDisclosure.since(employeeId.value()).isPresent()) {
      outbox.tell(employeeId.value(), NoticeKind.LEGAL_HOLD_SET, Map.of());
    }
    trail.record(
        "legal-hold.set",
        "employee:" + employeeId.value(),
        Map.of("holdId", Long.toString(set.holdId()), "reason", reason));
    return set;
  }

  /** Asks a second administrator to lift the hold that stands. */
  public ApprovalView lift(EmployeeId employeeId) {
    StandingLegalHold standing = standing(employeeId.value());
    String change =
        Json.createObjectBuilder()
            .add("employeeId", employeeId.value())
            .add("holdId", standing.holdId())
            .add("reason", standing.reason())
            .build()
            .toString();
    return approvals.ask(LegalHoldLiftApproval.KIND, change, employeeId.value());
  }

  private StandingLegalHold standing(long employeeId) {
    directory.requireKnown(employeeId);
    return legalHolds.standing(employeeId).orElseThrow(Refusal::notFound);
  }

  private static String reason(String text) {
    boolean plain =
        !text.isBlank()
            && text.length() <= SetLegalHold.MAX_REASON_CHARS
            && PlainTextCheck.isLine(text);
    if (!plain) {
      throw Refusal.malformed(
          "reason must have 1 to "
              + SetLegalHold.MAX_REASON_CHARS
              + " characters, none of them control characters.");
    }
    return text;
  }
}
