package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.enrollment.store.BackupSetStore;

/** What employees gave up while a legal hold stood, for the use case that lifts it. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class LegalHoldWrapErasure {

  @Inject private BackupSetStore sets;

  /** Erases the wraps that were kept for the hold only. */
  public void erase(long employeeId) {
    sets.eraseHeldWraps(employeeId);
  }
}
