package org.hikae.insight.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.SortedSet;
import org.hikae.identity.boundary.EmployeeChanged;
import org.hikae.insight.entity.EmployeeSummaries;

/**
 * Sums an employee up in the transaction that changed them, at its very end: the summary's row is
 * then held for the shortest time, and always after every other lock.
 */
@ApplicationScoped
public class SummaryUpkeep {

  @Inject private ChangedEmployees changed;
  @Inject private EmployeeSummaries summaries;

  /** Notes whom to sum up. */
  void note(@Observes EmployeeChanged event) {
    changed.add(event.employeeId());
  }

  /** The first call of a transaction does it for all. */
  void write(@Observes(during = TransactionPhase.BEFORE_COMPLETION) EmployeeChanged event) {
    SortedSet<Long> employeeIds = changed.take();
    if (!employeeIds.isEmpty()) {
      summaries.refresh(employeeIds);
    }
  }
}
