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
import org.hikae.identity.wire.RealmNames;

/** Shows the signed-in employee what their backup takes and what the next night does to it. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnStorageQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private StoragePreviewReader previews;

  /** What it takes, and the limits. */
  public StorageView storage() {
    return previews.storage(directory.me().employeeId());
  }

  /** What would go tonight, and why each snapshot stays. */
  public RetentionPreview retention() {
    return previews.told(directory.me().employeeId());
  }
}
