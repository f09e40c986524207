package org.hikae.rollout.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.GroupPaths;
import org.hikae.rollout.entity.Invitation;
import org.hikae.rollout.entity.RolloutOffer;
import org.hikae.rollout.store.InvitationStore;
import org.hikae.rollout.store.RolloutOfferStore;

/**
 * The one decision of the rollout: whether an employee is offered the backup, by an offer to a
 * group of theirs that stands, or because a campaign invited them.
 */
@Stateless
@PermitAll
public class RolloutDecision {

  @Inject private RolloutOfferStore offers;
  @Inject private InvitationStore invitations;
  @Inject private EmployeeDirectory directory;
  @Inject private Clock clock;

  /** Whether this employee is offered the backup now. */
  public boolean offered(long employeeId) {
    return !invitations.standing(employeeId).isEmpty() || offeredByGroup(employeeId);
  }

  /** Those of these employees who are offered the backup now. */
  public Set<Long> offered(Collection<Long> employeeIds) {
    if (employeeIds.isEmpty()) {
      return Set.of();
    }
    Set<String> offering =
        offers.all().stream().map(RolloutOffer::groupPath).collect(Collectors.toSet());
    if (offering.contains(RolloutOffer.EVERYONE)) {
      return Set.copyOf(employeeIds);
    }
    Set<Long> offered = invitations.invited(employeeIds);
    directory
        .groupsOf(employeeIds)
        .forEach(
            (id, groups) -> {
              if (!Collections.disjoint(GroupPaths.withParents(groups), offering)) {
                offered.add(id);
              }
            });
    return offered;
  }

  /** The same for an employee who is told the answer, which is noted once. */
  public boolean show(long employeeId) {
    List<Invitation> standing = invitations.standing(employeeId);
    if (standing.stream().anyMatch(invitation -> !invitation.seen())) {
      invitations.seen(employeeId, clock.instant());
    }
    return !standing.isEmpty() || offeredByGroup(employeeId);
  }

  /** The employee has opted in: no campaign takes its invitation back from them any more. */
  public void optedIn(long employeeId) {
    invitations.optedIn(employeeId, clock.instant());
  }

  private boolean offeredByGroup(long employeeId) {
    return offers.anyFor(GroupPaths.withParents(directory.groupsOf(employeeId)));
  }
}
