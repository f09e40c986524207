package org.hikae.backup.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import org.hikae.backup.store.MaintenanceStateStore;

/**
 * The clock that hold periods run by, for other periods that no jump of a clock may end (HK1-H-07).
 */
@Stateless
@PermitAll
public class HoldPeriodClock {

  @Inject private MaintenanceStateStore maintenanceState;

  /** What it shows while the server's clock shows {@code wall}. */
  public Instant now(Instant wall) {
    return maintenanceState.read().now(wall);
  }

  /** When the server's clock will show {@code kept}, if neither jumps. */
  public Instant wall(Instant kept, Instant wall) {
    return maintenanceState.read().wall(kept, wall);
  }
}
