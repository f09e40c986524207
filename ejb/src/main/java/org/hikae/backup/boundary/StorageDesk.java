package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.service.StoragePreviews;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.StorageView;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;

/** Shows those who run the portal what an employee's backup takes and what the next night does. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class StorageDesk {

  @Inject private Directory directory;
  @Inject private StoragePreviews previews;

  /** What it takes, and the limits. */
  public StorageView storage(long employeeId) {
    directory.requireKnown(employeeId);
    return previews.storage(employeeId);
  }

  /** What would go tonight, and why each snapshot stays. */
  public RetentionPreview retention(long employeeId) {
    directory.requireKnown(employeeId);
    return previews.retention(employeeId);
  }
}
