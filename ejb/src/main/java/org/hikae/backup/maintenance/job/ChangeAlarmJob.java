package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/**
 * Raises alarms about many devices: counts people, and then works one employee after another, so
 * that nobody's report waits for another's.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChangeAlarmJob {

  /** People of one turn; the next turn goes on. */
  private static final int MOST_PAGES = 100;

  @Inject private ChangeAlarmSteps steps;

  /** Looks once at a moment. */
  public void raise(Instant wall) {
    ChangeAlarmSteps.PeopleCounts people = steps.counts(wall);
    long after = 0;
    for (int page = 0; people.now() > 0 && page < MOST_PAGES; page++) {
      List<Long> found = steps.unalarmed(wall, after);
      for (long employeeId : found) {
        steps.raise(employeeId, people, wall);
        after = employeeId;
      }
      if (found.size() < ChangeAlarmSteps.PAGE) {
        return;
      }
    }
  }
}
