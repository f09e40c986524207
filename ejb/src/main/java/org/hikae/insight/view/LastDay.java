package org.hikae.insight.view;

import java.util.List;

/**
 * What happened within 24 hours.
 *
 * @param backedUp devices whose last backup is so young
 * @param byRestic those of them whose last backup was restic's
 * @param failed employees whose last run failed then
 * @param added devices that were added
 * @param told notices by their kind
 */
public record LastDay(
    long backedUp, long byRestic, long failed, long added, List<NoticeCount> told) {

  /** Copies the list. */
  public LastDay {
    told = List.copyOf(told);
  }

  /**
   * How often something was told.
   *
   * @param kind name of the kind of notice
   * @param count how many notices
   */
  public record NoticeCount(String kind, long count) {}
}
