package org.hikae.backup.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How scrubbing stands.
 *
 * @param running whether a portal reads objects now
 * @param objects objects stored in all
 * @param bytes bytes of them
 * @param rotten objects whose bytes are known to be wrong
 * @param passes the newest passes, the one that goes on first
 */
public record ScrubView(boolean running, long objects, long bytes, long rotten, List<Pass> passes) {

  /** Copies the list. */
  public ScrubView {
    passes = List.copyOf(passes);
  }

  /**
   * One pass over everything that was stored when it began.
   *
   * @param startedAt ISO-8601 instant
   * @param endedAt ISO-8601 instant; absent while it goes on
   * @param objects objects read so far
   * @param bytes bytes of them
   * @param rotten objects found rotten that were not known to be
   */
  public record Pass(
      Instant startedAt, @Nullable Instant endedAt, long objects, long bytes, long rotten) {}
}
