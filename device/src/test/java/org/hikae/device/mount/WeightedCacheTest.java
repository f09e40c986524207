package org.hikae.device.mount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightedCacheTest {

  @Test
  void what_was_used_longest_ago_goes_first_and_the_newest_stays() {
    WeightedCache<String, Long> cache = new WeightedCache<>(10, weight -> weight);
    cache.put("a", 4L);
    cache.put("b", 4L);
    assertThat(cache.get("a")).isEqualTo(4);
    cache.put("c", 4L);
    assertThat(cache.get("b")).isNull();
    assertThat(cache.get("a")).isEqualTo(4);
    cache.put("a", 1L);
    assertThat(cache.total()).isEqualTo(5);
    cache.put("huge", 1000L);
    assertThat(cache.get("huge")).isEqualTo(1000);
    assertThat(cache.get("a")).isNull();
    assertThat(cache.total()).isEqualTo(1000);
    cache.remove("huge");
    assertThat(cache.total()).isZero();
  }
}
