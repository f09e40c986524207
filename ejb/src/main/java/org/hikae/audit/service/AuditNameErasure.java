package org.hikae.audit.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.audit.store.AuditTrailStore;

/**
 * Erases what a person was called from the events they caused. The events stay and the chain can
 * still be checked: it holds a salted hash, and the salt goes with the name.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class AuditNameErasure {

  private static final int AT_ONCE = 1000;

  /** Most events of one call. */
  private static final int MAX_STEPS = 1000;

  @Inject private AuditTrailStore trailStore;

  /** Erases all of this person's, a million events at most; returns how many these were. */
  public int erase(String issuer, String subject) {
    int erased = 0;
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      int now = trailStore.eraseNames(issuer, subject, AT_ONCE);
      erased += now;
      if (now < AT_ONCE) {
        break;
      }
    }
    return erased;
  }
}
