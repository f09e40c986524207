package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.store.BackupSetStore;

/** Whose a set is, for what the vault tells of sets. */
@Stateless
@PermitAll
public class BackupSetOwnership {

  @Inject private BackupSetStore sets;

  /** Number of the employee; empty when there is no such set. */
  public OptionalLong ownerOf(String setId) {
    return sets.byId(setId).stream().mapToLong(BackupSet::employeeId).findFirst();
  }
}
