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
 */
public record SeenSeriesHead(
    long sequence, String stubHash, @Nullable String committedAt, @Nullable Boolean removed) {

  /** One that is there. */
  public SeenSeriesHead(long sequence, String stubHash, @Nullable String committedAt) {
    this(sequence, stubHash, committedAt, null);
  }

  /** The same, gone rightly. */
  public SeenSeriesHead gone() {
    return new SeenSeriesHead(sequence, stubHash, committedAt, true);
  }

  /** Whether a person has said that this very snapshot is gone rightly. */
  public boolean isGone(SnapshotView view) {
    return Boolean.TRUE.equals(removed)
        && view.sequence() == sequence
        && view.stubHash().equals(stubHash);
  }
}
