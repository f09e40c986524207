package org.hikae.identity.control;

import java.util.HashSet;
import java.util.Set;

/**
 * How many leavers are plausible. More than that are not marked: it may be Keycloak that lost them,
 * so an administrator is asked about exactly those people.
 *
 * @param enabled employees with an enabled account before
 * @param percent share of them that may leave within a day
 * @param recent who left within a day already, unasked
 */
public record MassLeavePolicy(long enabled, int percent, long recent) {

  /** So many may leave within a day, however small the company is. */
  public static final int ALWAYS = 10;

  /**
   * What is to be done.
   *
   * @param mark employees who are marked as leavers now
   * @param ask employees about whom an administrator is asked, or was asked before
   */
  public record Decision(Set<Long> mark, Set<Long> ask) {}

  /** Most who may leave within a day unasked. */
  public long limit() {
    return Math.max(ALWAYS, enabled * percent / 100);
  }

  /**
   * Decides about those who were enabled before.
   *
   * @param leaving whose account was found disabled or gone now
   * @param asked about whom an administrator was asked before
   * @param complete whether everybody was read: who was asked about and is not leaving then is back
   */
  public Decision decide(Set<Long> leaving, Set<Long> asked, boolean complete) {
    Set<Long> fresh = new HashSet<>(leaving);
    fresh.removeAll(asked);
    Set<Long> known = new HashSet<>(asked);
    if (complete) {
      known.retainAll(leaving);
    }
    long room = Math.max(0, limit() - recent);
    if (fresh.size() > room) {
      known.addAll(fresh);
      return new Decision(Set.of(), known);
    }
    if (!known.equals(asked) && fresh.size() + known.size() <= room) {
      fresh.addAll(known);
      return new Decision(fresh, Set.of());
    }
    return new Decision(fresh, known);
  }
}
