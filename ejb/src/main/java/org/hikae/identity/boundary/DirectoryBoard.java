package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.entity.DirectoryStates;
import org.hikae.identity.entity.Employees;
import org.hikae.identity.entity.MassLeaves;
import org.hikae.identity.wire.Realm;

/** Shows how the directory was read last. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class DirectoryBoard {

  @Inject private DirectoryStates states;
  @Inject private Employees employees;
  @Inject private MassLeaves findings;
  @Inject private Clock clock;

  /** The state of the directory. */
  public DirectoryView state() {
    return DirectoryView.of(
        states.read(),
        clock.instant(),
        employees.countEnabled(),
        employees.countLeavers(),
        findings.standing().map(MassLeaveView::of).orElse(null));
  }
}
