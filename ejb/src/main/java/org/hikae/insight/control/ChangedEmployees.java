package org.hikae.insight.control;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Employees whom the running transaction has changed. */
@TransactionScoped
public class ChangedEmployees implements Serializable {

  private static final long serialVersionUID = 1;

  private final TreeSet<Long> employeeIds = new TreeSet<>();

  /** Notes one; twice is once. */
  public void add(long employeeId) {
    employeeIds.add(employeeId);
  }

  /** All since the last call, ascending. */
  public SortedSet<Long> take() {
    SortedSet<Long> all = Collections.unmodifiableSortedSet(new TreeSet<>(employeeIds));
    employeeIds.clear();
    return all;
  }
}
