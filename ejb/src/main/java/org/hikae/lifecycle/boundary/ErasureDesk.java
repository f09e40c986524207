package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.service.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.lifecycle.service.ErasureViews;
import org.hikae.lifecycle.view.ErasureView;

/** Shows those who run the portal what employees opted out of. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class ErasureDesk {

  @Inject private ErasureViews views;
  @Inject private Directory directory;

  /** The opt-outs of an employee, newest first. */
  public List<ErasureView> of(long employeeId) {
    directory.requireKnown(employeeId);
    return views.of(employeeId);
  }
}
