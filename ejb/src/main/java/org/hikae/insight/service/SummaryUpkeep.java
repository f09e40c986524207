package org.hikae.insight.service;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.insight.store.EmployeeSummaries;

/**
 * Sums an employee up in the transaction that changed them, at its very end: the summary's row is
 * then held for the shortest time, and always after every other lock. What fails there fails the
 * commit with its cause, which an observer of the end of a transaction would lose.
 */
@ApplicationScoped
public class SummaryUpkeep {

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transaction;

  @Inject private EmployeeSummaries summaries;

  /** Notes whom to sum up when the running transaction ends. */
  void note(@Observes EmployeeChanged event) {
    AtTheEnd atTheEnd = (AtTheEnd) transaction.getResource(AtTheEnd.class);
    if (atTheEnd == null) {
      atTheEnd = new AtTheEnd(summaries);
      transaction.putResource(AtTheEnd.class, atTheEnd);
      transaction.registerInterposedSynchronization(atTheEnd);
    }
    atTheEnd.changed.add(event.employeeId());
  }

  /** The employees whom a transaction changes. */
  private static final class AtTheEnd implements Synchronization {

    private final EmployeeSummaries summaries;
    private final SortedSet<Long> changed = new TreeSet<>();

    private AtTheEnd(EmployeeSummaries summaries) {
      this.summaries = summaries;
    }

    @Override
    public void beforeCompletion() {
      summaries.refresh(changed);
    }

    @Override
    public void afterCompletion(int status) {
      // Nothing is left to do.
    }
  }
}
