package org.hikae.rollout.view;

import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.identity.value.EmployeeId;

/**
 * Who is put on the list of a wave, or taken off it, one by one; the rest of the list stays.
 *
 * @param added at most {@value #MOST}
 * @param removed at most {@value #MOST}
 */
public record ListChange(Set<EmployeeId> added, Set<EmployeeId> removed) {

  /** Most people of each kind; more come as a file. */
  public static final int MOST = 200;

  /** The list stays as it is. */
  public static final ListChange NONE = new ListChange(Set.of(), Set.of());

  /** Numbers of those who are put on it. */
  public Set<Long> addedIds() {
    return ids(added);
  }

  /** Numbers of those who are taken off it. */
  public Set<Long> removedIds() {
    return ids(removed);
  }

  private static Set<Long> ids(Set<EmployeeId> people) {
    return people.stream().map(EmployeeId::value).collect(Collectors.toSet());
  }
}
