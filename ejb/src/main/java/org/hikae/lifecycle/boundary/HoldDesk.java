package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.approval.service.Approvals;
import org.hikae.approval.view.ApprovalView;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.ShownLegalHold;
import org.hikae.identity.service.Directory;
import org.hikae.identity.service.LegalHold;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.identity.wire.Realm;
import org.hikae.lifecycle.service.LiftHold;
import org.hikae.lifecycle.view.HeldEmployee;
import org.hikae.lifecycle.view.HeldPage;
import org.hikae.lifecycle.view.HoldView;
import org.hikae.lifecycle.view.SetHold;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PlainText;
import org.hikae.problem.control.Refusal;

/**
 * Administrators set a legal hold at once; lifting it waits for a second administrator. A hold
 * freezes ciphertext, snapshots and wraps of an employee and opens none of them.
 */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
public class HoldDesk {

  /** Most holds on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private LegalHold hold;
  @Inject private ShownLegalHold shown;
  @Inject private Directory directory;
  @Inject private Approvals approvals;
  @Inject private CurrentCaller currentCaller;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;

  /** The hold on an employee; refused as not found when there is none. */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public HoldView of(long employeeId) {
    return HoldView.of(standing(employeeId));
  }

  /**
   * Who is held now, the longest held first.
   *
   * @param after holds above this one; 0 from the first
   * @param limit 1 to {@link #MAX_PAGE}
   */
  @RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
  public HeldPage page(long after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw Refusal.malformed("limit must be between 1 and " + MAX_PAGE + ".");
    }
    List<StandingLegalHold> found = hold.standingAfter(after, limit + 1);
    List<StandingLegalHold> standing = found.subList(0, Math.min(limit, found.size()));
    List<Long> held = standing.stream().map(StandingLegalHold::employeeId).toList();
    Map<Long, String> names = directory.names(held);
    Set<Long> lifting = approvals.waitingAbout(LiftHold.KIND, held);
    return new HeldPage(
        standing.stream()
            .map(
                one ->
                    HeldEmployee.of(
                        one,
                        names.getOrDefault(one.employeeId(), ""),
                        lifting.contains(one.employeeId())))
            .toList(),
        found.size() <= limit ? null : (Long) standing.getLast().holdId());
  }

  /** Sets a hold; refused when the employee is not known or has one already. */
  public HoldView set(long employeeId, SetHold wanted) {
    String reason = reason(wanted.reason());
    directory.requireKnown(employeeId);
    HoldView set = HoldView.of(hold.set(employeeId, reason, currentCaller.caller()));
    if (shown.since(employeeId).isPresent()) {
      outbox.tell(employeeId, NoticeKind.LEGAL_HOLD_SET, Map.of());
    }
    trail.record(
        "legal-hold.set",
        "employee:" + employeeId,
        Map.of("holdId", Long.toString(set.holdId()), "reason", reason));
    return set;
  }

  /** Asks a second administrator to lift the hold that stands. */
  public ApprovalView lift(long employeeId) {
    StandingLegalHold standing = standing(employeeId);
    String change =
        Json.createObjectBuilder()
            .add("employeeId", employeeId)
            .add("holdId", standing.holdId())
            .add("reason", standing.reason())
            .build()
            .toString();
    return approvals.ask(LiftHold.KIND, change, employeeId);
  }

  private StandingLegalHold standing(long employeeId) {
    directory.requireKnown(employeeId);
    return hold.standing(employeeId).orElseThrow(Refusal::notFound);
  }

  private static String reason(String text) {
    boolean plain =
        !text.isBlank() && text.length() <= SetHold.MAX_REASON_CHARS && PlainText.isLine(text);
    if (!plain) {
      throw Refusal.malformed(
          "reason must have 1 to "
              + SetHold.MAX_REASON_CHARS
              + " characters, none of them control characters.");
    }
    return text;
  }
}
