package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.hikae.backup.restic.service.ResticRepositoryReader;
import org.hikae.backup.restic.service.ResticRewind;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;

/** Repositories that an employee's devices use with restic, for those who run the portal. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class EmployeeResticCommands {

  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeDirectory directory;
  @Inject private ResticRepositoryReader repositoryReader;
  @Inject private ResticRewind rewind;

  /** All of them, oldest first. */
  public List<ResticRepositoryView> list(EmployeeId employeeId) {
    directory.requireKnown(employeeId.value());
    return repositoryReader.of(employeeId.value());
  }

  /**
   * Takes one back to a moment within the hold period, after a sign-in of the last ten minutes. The
   * employee is told.
   */
  @RolesAllowed(RealmNames.BACKUP_ADMIN)
  public TakenBack takeBack(EmployeeId employeeId, String repository, TakeBackTo to) {
    currentCaller.recentlySignedIn();
    directory.requireKnown(employeeId.value());
    return rewind.takeBack(employeeId.value(), repository, to.moment());
  }
}
