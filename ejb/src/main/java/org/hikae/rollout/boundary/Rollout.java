package org.hikae.rollout.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.identity.boundary.Directory;
import org.hikae.identity.boundary.GroupPaths;
import org.hikae.rollout.entity.RolloutOffers;

/** The one decision of the rollout. */
@Stateless
@PermitAll
public class Rollout {

  @Inject private RolloutOffers offers;
  @Inject private Directory directory;

  /** Whether this employee is offered the backup now. */
  public boolean offered(long employeeId) {
    return offers.anyFor(GroupPaths.withParents(directory.groupsOf(employeeId)));
  }
}
