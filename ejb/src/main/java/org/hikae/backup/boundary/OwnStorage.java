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

/** Shows the signed-in employee what their backup takes and what the next night does to it. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.PORTAL_CLIENT)
public class OwnStorage {

  @Inject private Directory directory;
  @Inject private StoragePreviews previews;

  /** What it takes, and the limits. */
  public StorageView storage() {
    return previews.storage(directory.me().employeeId());
  }

  /** What would go tonight, and why each snapshot stays. */
  public RetentionPreview retention() {
    return previews.told(directory.me().employeeId());
  }
}
