package org.hikae.identity.view;

import java.io.Serializable;
import java.util.List;
import org.hikae.identity.value.EmployeeState;
import org.jspecify.annotations.Nullable;

/**
 * People of a finding, by growing number.
 *
 * @param employees at most as many as asked for
 * @param next value of {@code after} for the next page; absent on the last
 */
public record MassLeaverPage(List<One> employees, @Nullable Long next) {

  /**
   * Somebody who would be a leaver.
   *
   * @param employeeId who
   * @param username user name
   * @param displayName name for people
   * @param state as what: {@code DISABLED} or {@code GONE}
   */
  public record One(long employeeId, String username, String displayName, EmployeeState state)
      implements Serializable {}
}
