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
import org.hikae.insight.store.EmployeeSummaryStore;

/**
 * Sums an employee up in the transaction that changed them, at its very end: the summary's row is
 * then held for the shortest time, and always after every other lock. What fails there fails the
 * commit with its cause, which an observer of the end of a transaction would lose.
 */
@ApplicationScoped
public class EmployeeSummaryUpdater {

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry transaction;

  @Inject private EmployeeSummaryStore summaries;

  /** Notes whom to sum up when the running transaction ends. */
  void note(@Observes EmployeeChanged event) {
    ChangedEmployees atTheEnd = (ChangedEmployees) transaction.getResource(ChangedEmployees.class);
    if (atTheEnd == null) {
      atTheEnd = new ChangedEmployees(summaries);
      transaction.putResource(ChangedEmployees.class, atTheEnd);
      transaction.registerInterposedSynchronization(atTheEnd);
    }
    atTheEnd.changed.add(event.employeeId());
  }

  /** The employees whom a transaction changes. */
  private static final class ChangedEmployees implements Synchronization {

    private final EmployeeSummaryStore summaries;
    private final SortedSet<Long> changed = new TreeSet<>();

    private ChangedEmployees(EmployeeSummaryStore summaries) {
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
