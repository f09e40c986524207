package org.hikae.lifecycle.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import org.hikae.approval.service.Approvable;
import org.hikae.approval.view.ApprovedChange;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.service.WrapRetirement;
import org.hikae.identity.service.LegalHolds;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;

/** Lifts a legal hold with a second administrator's agreement, and erases what it alone kept. */
@ApplicationScoped
public class LegalHoldLiftApproval implements Approvable {

  public static final String KIND = "legal-hold.lift";

  @Inject private LegalHolds legalHolds;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private WrapRetirement wraps;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void execute(ApprovedChange approved) {
    try (JsonReader reader = Json.createReader(new StringReader(approved.change()))) {
      JsonObject change = reader.readObject();
      long employeeId = change.getJsonNumber("employeeId").longValueExact();
      lift(employeeId, change.getJsonNumber("holdId").longValueExact(), approved);
    }
  }

  private void lift(long employeeId, long holdId, ApprovedChange approved) {
    boolean told = legalHoldDisclosure.since(employeeId).isPresent();
    legalHolds.lift(
        employeeId, holdId, approved.requestedBy().issuer(), approved.requestedBy().subject());
    wraps.eraseKept(employeeId);
    if (told) {
      outbox.tell(employeeId, NoticeKind.LEGAL_HOLD_LIFTED, Map.of());
    }
    trail.record(
        KIND,
        "employee:" + employeeId,
        Map.of("holdId", Long.toString(holdId), "requestedBy", approved.requestedBy().subject()));
  }
}
