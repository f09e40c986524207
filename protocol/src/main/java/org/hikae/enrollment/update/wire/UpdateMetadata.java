package org.hikae.enrollment.update.wire;

import java.time.Instant;
import org.hikae.hk1.MalformedException;

/** A text that is signed as it is (HK1-U-01). It is a claim until enough keys have signed it. */
public sealed interface UpdateMetadata permits UpdateRoot, UpdateTargets, UpdateTimestamp {

  /** What it is about. */
  UpdateMetadataKind kind();

  /** Rises with each text of its kind; from 1. */
  int version();

  /** From when on it counts no more. */
  Instant expires();

  /** The text itself: the only one for these values. */
  String text();

  /** Whether it still counts at this time. */
  default boolean isFresh(Instant now) {
    return expires().isAfter(now);
  }

  /**
   * Reads a text of this kind.
   *
   * @throws MalformedException when it has another form than {@link #text()} writes
   */
  static UpdateMetadata parse(UpdateMetadataKind kind, String text) throws MalformedException {
    return switch (kind) {
      case ROOT -> UpdateRoot.parse(text);
      case TARGETS -> UpdateTargets.parse(text);
      case TIMESTAMP -> UpdateTimestamp.parse(text);
    };
  }
}
