package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CachedValueTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration AGE = Duration.ofSeconds(2);

  private final CachedValue<String> cachedValue = new CachedValue<>(AGE);

  @Test
  void counts_once_for_all_who_ask_within_a_moment_and_anew_after_it() {
    assertThat(cachedValue.get(NOW, () -> "first")).isEqualTo("first");
    assertThat(cachedValue.get(NOW.plus(AGE).minusMillis(1), () -> "second")).isEqualTo("first");
    assertThat(cachedValue.get(NOW.plus(AGE), () -> "second")).isEqualTo("second");
  }

  @Test
  void counts_anew_when_the_clock_was_set_back() {
    assertThat(cachedValue.get(NOW, () -> "first")).isEqualTo("first");
    assertThat(cachedValue.get(NOW.minus(AGE), () -> "second")).isEqualTo("second");
  }

  @Test
  void does_not_count_anew_for_who_asked_before_and_had_to_wait() {
    assertThat(cachedValue.get(NOW, () -> "first")).isEqualTo("first");
    assertThat(cachedValue.get(NOW.minus(AGE).plusMillis(1), () -> "second")).isEqualTo("first");
  }

  @Test
  void counts_anew_when_something_changed() {
    assertThat(cachedValue.get(NOW, () -> "first")).isEqualTo("first");
    cachedValue.forget();
    assertThat(cachedValue.get(NOW, () -> "second")).isEqualTo("second");
  }
}
