package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.lifecycle.service.ErasureReader;
import org.hikae.lifecycle.view.ErasureView;

/** Shows those who run the portal what employees opted out of. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeErasureQueries {

  @Inject private ErasureReader erasureReader;
  @Inject private EmployeeDirectory directory;

  /** The opt-outs of an employee, newest first. */
  public List<ErasureView> of(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return erasureReader.of(employeeId.value());
  }
}
