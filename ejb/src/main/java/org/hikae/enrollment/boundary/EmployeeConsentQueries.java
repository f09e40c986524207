package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.ConsentLedgerReader;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;

/** Exports one employee's ledger of consents for administrators and auditors. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeConsentQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private ConsentLedgerReader ledgerReader;
  @Inject private AuditTrail trail;

  /** The ledger with the texts agreed to; that it was exported is audited. */
  public ConsentLedger of(EmployeeId employeeId) {
    EmployeeView employee = directory.find(employeeId.value()).orElseThrow(Refusal::notFound);
    ConsentLedger ledger = ledgerReader.of(employee);
    trail.record(
        "consent.export",
        "employee:" + employeeId.value(),
        Map.of("entries", Integer.toString(ledger.entries().size())));
    return ledger;
  }
}
