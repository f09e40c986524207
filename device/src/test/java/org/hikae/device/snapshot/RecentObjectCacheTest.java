package org.hikae.device.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** What is at hand of objects that came a moment ago. */
class RecentObjectCacheTest {

  private static final int LARGE = RecentObjectCache.MAX_BYTES / 2 + 1;

  private final RecentObjectCache cache = new RecentObjectCache();

  private Hash256 take(int number, int length) {
    byte[] object = new byte[length];
    object[0] = (byte) number;
    Hash256 name = Hash256.sha256(object);
    cache.evicted(name, object);
    return name;
  }

  @Test
  void the_last_ones_that_fit_are_at_hand() {
    Hash256 small = take(1, 10);
    Hash256 first = take(2, LARGE);
    assertThat(cache.get(small)).isPresent();
    Hash256 second = take(3, LARGE);
    assertThat(cache.get(small)).isEmpty();
    assertThat(cache.get(first)).isEmpty();
    assertThat(cache.get(second)).isPresent();
  }

  @Test
  void one_that_is_too_large_drives_nothing_out() {
    Hash256 small = take(1, 10);
    assertThat(cache.get(take(2, RecentObjectCache.MAX_BYTES + 1))).isEmpty();
    assertThat(cache.get(small)).isPresent();
  }

  @Test
  void what_comes_twice_counts_once() {
    Hash256 first = take(1, LARGE);
    var _ = take(1, LARGE);
    assertThat(cache.get(first)).isPresent();
  }
}
