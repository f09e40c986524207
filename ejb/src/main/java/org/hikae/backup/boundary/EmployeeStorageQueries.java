package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.StoragePreviewReader;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.StorageView;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;

/** Shows those who run the portal what an employee's backup takes and what the next night does. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeStorageQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private StoragePreviewReader previews;

  /** What it takes, and the limits. */
  public StorageView storage(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return previews.storage(employeeId.value());
  }

  /** What would go tonight, and why each snapshot stays. */
  public RetentionPreview retention(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return previews.retention(employeeId.value());
  }
}
