package org.hikae.enrollment.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.entity.LegalHoldWrap;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.identity.service.LegalHolds;

/**
 * Takes wraps out of use, in the transaction of a use case that holds the employee. While a legal
 * hold stands what they were is kept aside and served to nobody; else they are erased.
 */
@ApplicationScoped
public class WrapRetirement {

  @Inject private BackupSetStore sets;
  @Inject private LegalHolds legalHolds;
  @Inject private Clock clock;

  public void retire(long employeeId, List<KeyWrap> wraps) {
    boolean held = legalHolds.on(employeeId);
    for (KeyWrap wrap : wraps) {
      if (held) {
        sets.keep(new LegalHoldWrap(employeeId, wrap, clock.instant()));
      }
      sets.remove(wrap);
    }
  }

  /** All wraps of a set. */
  public void retireAll(long employeeId, String setId) {
    retire(employeeId, sets.wraps(setId, EnrollmentStatusReader.MAX_FILED));
  }

  /** Erases what was kept aside, when the legal hold is lifted. */
  public void eraseKept(long employeeId) {
    sets.eraseHeldWraps(employeeId);
  }
}
