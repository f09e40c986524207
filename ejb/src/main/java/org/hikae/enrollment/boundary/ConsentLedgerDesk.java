package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.LedgerReading;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.identity.service.Directory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.control.Refusal;

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
