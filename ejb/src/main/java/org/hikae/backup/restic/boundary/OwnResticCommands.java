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
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.wire.RealmNames;

/** Repositories that the signed-in employee's devices use with restic. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OwnResticCommands {

  @Inject private EmployeeDirectory directory;
  @Inject private ResticRepositoryReader repositoryReader;
  @Inject private ResticRewind rewind;

  /** All of them, oldest first. */
  public List<ResticRepositoryView> list() {
    return repositoryReader.of(directory.me().employeeId());
  }

  /** Takes one back to a moment within the hold period. */
  public TakenBack takeBack(String repository, TakeBackTo to) {
    return rewind.takeBack(directory.me().employeeId(), repository, to.moment());
  }
}
