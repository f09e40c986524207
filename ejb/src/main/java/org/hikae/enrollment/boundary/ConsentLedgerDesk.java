package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.boundary.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;

/** Exports one employee's ledger of consents for administrators and auditors. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class ConsentLedgerDesk {

  @Inject private Directory directory;
  @Inject private LedgerReading reading;
  @Inject private AuditTrail trail;

  /** The ledger with the texts agreed to; that it was exported is audited. */
  public ConsentLedger of(long employeeId) {
    EmployeeView employee = directory.find(employeeId).orElseThrow(Refusal::notFound);
    ConsentLedger ledger = reading.of(employee);
    trail.record(
        "consent.export",
        "employee:" + employeeId,
        Map.of("entries", Integer.toString(ledger.entries().size())));
    return ledger;
  }
}
