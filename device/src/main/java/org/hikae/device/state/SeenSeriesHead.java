package org.hikae.device.state;

import org.hikae.backup.wire.SnapshotView;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of a series that this device has seen; an older one is a regress to report
 * (spec HK1-S-07).
 *
 * @param sequence position in the series
 * @param stubHash hash of the stub, hexadecimal
 * @param committedAt when the portal said that it was committed; null from agents that did not
 *     write it down
 * @param removed true when a person has said that this snapshot itself is gone rightly; else null
 * @param accepted true when a person took over what the portal showed here, because the portal was
 *     restored: of its own series this device need not have made that; else null
 */
public record SeenSeriesHead(
    long sequence,
    String stubHash,
    @Nullable String committedAt,
    @Nullable Boolean removed,
    @Nullable Boolean accepted) {

  /** One that is there. */
  public SeenSeriesHead(long sequence, String stubHash, @Nullable String committedAt) {
    this(sequence, stubHash, committedAt, null, null);
  }

  /** The same, gone rightly. */
  public SeenSeriesHead gone() {
    return new SeenSeriesHead(sequence, stubHash, committedAt, true, accepted);
  }

  /** The same as the portal showed it. */
  public SeenSeriesHead taken() {
    return new SeenSeriesHead(sequence, stubHash, committedAt, removed, true);
  }

  /** Whether the portal alone has said what stands here (spec HK1-D-07). */
  public boolean isTaken() {
    return Boolean.TRUE.equals(accepted);
  }

  /** Whether a person has said that this very snapshot is gone rightly. */
  public boolean isGone(SnapshotView view) {
    return Boolean.TRUE.equals(removed)
        && view.sequence() == sequence
        && view.stubHash().equals(stubHash);
  }
}
