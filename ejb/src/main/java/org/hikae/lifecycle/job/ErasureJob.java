package org.hikae.lifecycle.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Destroys what employees opted out of, as soon as their grace is over. Several portals of a
 * database may do it at once: each step holds the employee. One that is killed loses the step it
 * was in, and the next look goes on.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ErasureJob {

  private static final System.Logger LOG = System.getLogger(ErasureJob.class.getName());

  @Inject private ErasureSteps steps;
  @Inject private Clock clock;

  /**
   * Does all that is due.
   *
   * @return how many erasures failed and are left for the next look
   */
  public int work() {
    Instant wall = clock.instant();
    int failed = 0;
    List<Long> page = steps.due(wall, 0);
    while (!page.isEmpty()) {
      for (long erasureId : page) {
        failed += erase(erasureId, wall) ? 0 : 1;
      }
      page = steps.due(wall, page.getLast());
    }
    return failed;
  }

  private boolean erase(long erasureId, Instant wall) {
    try {
      boolean more = true;
      while (more) {
        more = steps.step(erasureId, wall);
      }
      return true;
    } catch (EJBException e) {
      LOG.log(System.Logger.Level.ERROR, "Erasure " + erasureId + " failed; it is tried again", e);
      return false;
    }
  }
}
