package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.boundary.HousekeepingClock;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.wire.Realm;
import org.hikae.lifecycle.entity.Erasures;
import org.hikae.problem.boundary.Refusal;

/** Shows those who run the portal what employees opted out of. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class ErasureDesk {

  @Inject private Erasures erasures;
  @Inject private Directory directory;
  @Inject private HousekeepingClock housekeeping;
  @Inject private Clock clock;

  /** The opt-outs of an employee, newest first. */
  public List<ErasureView> of(long employeeId) {
    if (!directory.knows(employeeId)) {
      throw Refusal.notFound();
    }
    Instant wall = clock.instant();
    return erasures.of(employeeId, OptOut.MAX_LISTED).stream()
        .map(one -> ErasureView.of(one, housekeeping.wall(one.dueKept(), wall)))
        .toList();
  }
}
