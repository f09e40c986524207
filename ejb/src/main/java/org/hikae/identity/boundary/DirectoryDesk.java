package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/** Reading the directory on demand. */
@Stateless
@RolesAllowed(Realm.BACKUP_ADMIN)
@FromClient(Realm.PORTAL_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DirectoryDesk {

  private static final System.Logger LOG = System.getLogger(DirectoryDesk.class.getName());

  private static final int RETRY_SECONDS = 60;

  @Inject private DirectorySync sync;

  /** Reads the directory now; refused as busy when Keycloak does not answer. */
  public DirectorySync.Counts syncNow() {
    try {
      return sync.run();
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING, "Keycloak's directory cannot be read: {0}", e.getMessage());
      throw Refusal.retryAfter(ProblemCode.BUSY, RETRY_SECONDS);
    }
  }
}
