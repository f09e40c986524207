package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.rollout.service.Participants;

/** Tells campaigns who takes part: those who have a set, pending or active. */
@ApplicationScoped
class BackupSetParticipants implements Participants {

  @Inject private BackupSetStore sets;

  @Override
  public Set<Long> among(Collection<Long> employeeIds) {
    return sets.owners(employeeIds);
  }
}
