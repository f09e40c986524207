package org.hikae.device.history;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.hikae.backup.wire.SnapshotView;

/**
 * How far a series can be followed, and the newest one that can be read up to there (spec
 * HK1-D-06). Where two stand under one number, whichever is listed first is not taken.
 *
 * @param newest that one; nothing when none can be read
 * @param forkedAt the lowest number whose two stubs kept it from being a later one
 */
record ReadableHead(Optional<SnapshotView> newest, OptionalLong forkedAt) {

  /**
   * Goes down from the end.
   *
   * @param newestFirst of one series
   * @param trusted the highest place that is known from elsewhere
   * @param end the last that follows from there; without such a place the highest
   */
  static ReadableHead of(
      List<SnapshotView> newestFirst,
      Optional<TrustedPosition> trusted,
      Optional<SnapshotView> end) {
    long known = trusted.map(TrustedPosition::sequence).orElse(0L);
    OptionalLong forkedAt =
        numbers(newestFirst)
            .filter(number -> number > known && under(number, newestFirst).size() > 1)
            .min();
    long limit = end.map(SnapshotView::sequence).orElse(known - 1);
    long last = forkedAt.isPresent() ? Math.min(limit, forkedAt.getAsLong() - 1) : limit;
    for (long number : numbers(newestFirst).filter(each -> each <= last).toArray()) {
      List<SnapshotView> here = under(number, newestFirst);
      if (here.stream().allMatch(SnapshotView::removed)) {
        continue;
      }
      Optional<SnapshotView> one =
          here.size() == 1
              ? Optional.of(here.getFirst())
              : here.stream().filter(view -> isTrusted(view, trusted)).findFirst();
      if (one.isPresent() && !one.get().removed()) {
        return new ReadableHead(one, forkedAt);
      }
      forkedAt = OptionalLong.of(number);
    }
    return new ReadableHead(Optional.empty(), forkedAt);
  }

  private static boolean isTrusted(SnapshotView view, Optional<TrustedPosition> trusted) {
    return trusted.filter(place -> place.isThat(view)).isPresent();
  }

  /** Each once, the highest first. */
  private static LongStream numbers(List<SnapshotView> newestFirst) {
    return newestFirst.stream().mapToLong(SnapshotView::sequence).distinct();
  }

  private static List<SnapshotView> under(long number, List<SnapshotView> views) {
    return views.stream().filter(view -> view.sequence() == number).toList();
  }
}
