package org.hikae.rollout.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wave. With {@code groups} it is for their members, with {@code percent} for a share of
 * everybody, with neither for those on its list, which is imported.
 *
 * @param name 1 to 100 characters
 * @param startsAt ISO-8601 instant before which it does not begin; absent: as soon as the wave
 *     before is wholly invited and has soaked
 * @param groups 1 to 100 group paths; members of groups below them are meant too
 * @param percent 1 to 100
 * @param soakDays 0 to 90: days since everybody of the wave before was invited; absent: 3 for a new
 *     wave behind another one, 0 for a first one, unchanged for one that is there
 * @param minHealthyPercent 0 to 100: share of those observed in the wave before who must be
 *     healthy; absent: 90 for a new wave behind another one, 0 for a first one, else unchanged
 * @param minObserved 0 to 1,000,000: how many people of the wave before must be observed, all of
 *     them when it has fewer; absent: 5 for a new wave behind another one, 0 for a first one, else
 *     unchanged
 */
public record PutWave(
    String name,
    @Nullable Instant startsAt,
    @Nullable List<String> groups,
    @Nullable Integer percent,
    @Nullable Integer soakDays,
    @Nullable Integer minHealthyPercent,
    @Nullable Integer minObserved) {

  /** One whose soak is left to what stands, or to what a new wave is given. */
  public PutWave(
      String name,
      @Nullable Instant startsAt,
      @Nullable List<String> groups,
      @Nullable Integer percent) {
    this(name, startsAt, groups, percent, null, null, null);
  }
}
