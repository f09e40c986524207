package org.hikae.identity.view;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which groups an employee is in and how that came about.
 *
 * @param now group paths, without the groups above them
 * @param moves what they joined and left, oldest first
 */
public record GroupHistory(Set<String> now, List<Move> moves) {

  /**
   * A group joined or left.
   *
   * @param group path
   * @param joined whether they joined; else they left
   * @param at when it was seen
   */
  public record Move(String group, boolean joined, Instant at) {}
}
