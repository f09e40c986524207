package org.hikae.enrollment.transfer.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.enrollment.transfer.store.KeyTransferStore;

/** Removes what has ended, in one transaction: an employee has five at most, for ten minutes. */
@Stateless
@PermitAll
public class KeyTransferExpirySteps {

  @Inject private KeyTransferStore transfers;
  @Inject private Clock clock;

  /** Removes all that have ended; how many. */
  public int forget() {
    return transfers.forgetExpired(clock.instant());
  }
}
