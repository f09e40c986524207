package org.hikae.lifecycle.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * Handles those who left as the policy says. Several portals of a database may do it at once: each
 * step holds the employee and looks again.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LeaverJob {

  private static final System.Logger LOG = System.getLogger(LeaverJob.class.getName());

  @Inject private LeaverSteps steps;
  @Inject private Clock clock;

  /**
   * Does all that is due.
   *
   * @return how many employees failed and are left for the next look
   */
  public int work() {
    return work(clock.instant());
  }

  /** The same at a time of the caller's. */
  public int work(Instant wall) {
    return work(steps::newcomers, employee -> steps.keep(employee, wall))
        + work(after -> steps.due(wall, after), employee -> steps.step(employee, wall));
  }

  /** Page by page, each after the last employee of the one before. */
  private static int work(LongFunction<LeaverSteps.Page> pages, LongConsumer step) {
    int failed = 0;
    LeaverSteps.Page page = pages.apply(0);
    while (page.last() > 0) {
      failed += take(page, step);
      page = pages.apply(page.last());
    }
    return failed;
  }

  private static int take(LeaverSteps.Page page, LongConsumer step) {
    int failed = 0;
    for (long employee : page.employees()) {
      try {
        step.accept(employee);
      } catch (EJBException e) {
        LOG.log(System.Logger.Level.ERROR, "Leaver " + employee + " failed; it is tried again", e);
        failed++;
      }
    }
    return failed;
  }
}
