package org.hikae.enrollment.update.wire;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * What a look came to in which everything held.
 *
 * @param root the newest keys
 * @param timestamp the newest timestamp
 * @param list the newest list of packages, which the timestamp names
 */
public record UpdateResult(UpdateRoot root, UpdateTimestamp timestamp, UpdateTargets list) {

  /** The texts that have to stand in the transparency log, for everybody (HK1-U-07). */
  public List<String> logged() {
    return List.of(root.text(), list.text());
  }

  /** Until when all of it counts. */
  public Instant until() {
    return Collections.min(List.of(root.expires(), timestamp.expires(), list.expires()));
  }
}
