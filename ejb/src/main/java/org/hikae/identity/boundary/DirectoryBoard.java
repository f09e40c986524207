package org.hikae.identity.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.control.AccountCounts;
import org.hikae.identity.entity.DirectoryStates;
import org.hikae.identity.entity.MassLeaves;
import org.hikae.identity.wire.Realm;

/** Shows how the directory was read last. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class DirectoryBoard {

  @Inject private DirectoryStates states;
  @Inject private AccountCounts accounts;
  @Inject private MassLeaves findings;
  @Inject private Clock clock;

  /** The state of the directory; employees as they were counted at most two seconds ago. */
  public DirectoryView state() {
    Instant now = clock.instant();
    AccountCounts.Counts counts = accounts.at(now);
    return DirectoryView.of(
        states.read(),
        now,
        counts.enabled(),
        counts.leavers(),
        findings.standing().map(MassLeaveView::of).orElse(null));
  }
}
