package org.hikae.audit.value;

import java.util.Set;

/**
 * All that a word which is looked for may mean: an event that has one of them is found, and none is
 * when it means nothing.
 *
 * @param actors {@code sub}s of people, or parts of the portal
 * @param employeeIds people it concerns
 * @param actions what was done
 * @param objects to what
 */
public record AuditSelection(
    Set<String> actors, Set<Long> employeeIds, Set<String> actions, Set<String> objects) {

  /** Copies the sets. */
  public AuditSelection {
    actors = Set.copyOf(actors);
    employeeIds = Set.copyOf(employeeIds);
    actions = Set.copyOf(actions);
    objects = Set.copyOf(objects);
  }
}
