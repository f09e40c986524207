package org.hikae.insight.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.TreeSet;
import org.hikae.insight.store.EmployeeSummaryStore;

/**
 * Sums every employee up anew, a batch at a time: what was written into the database past the
 * portal, as after a restore, shows in lists, too. Doing it twice, or on two nodes, changes
 * nothing.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class EmployeeSummaryJob {

  @Inject private EmployeeSummaryStore summaries;

  /**
   * Corrects the next batch.
   *
   * @param after number of the last employee of the batch before; 0 for the first
   * @return number of the last employee of this one; 0 when there was none left
   */
  public long correct(long after) {
    List<Long> batch = summaries.employeesAfter(after);
    if (batch.isEmpty()) {
      return 0;
    }
    summaries.refresh(new TreeSet<>(batch));
    return batch.getLast();
  }
}
