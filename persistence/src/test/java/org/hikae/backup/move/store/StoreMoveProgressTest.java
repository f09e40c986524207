package org.hikae.backup.move.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When there is something to do, and which store an order names. */
class StoreMoveProgressTest {

  private static final Instant NOW = Instant.parse("2026-12-02T12:00:00Z");
  private static final ObjectKey KEY = new ObjectKey(7, Hash256.ZERO);

  private static StoreMoveProgress progress(
      boolean paused,
      @Nullable ObjectKey after,
      long left,
      @Nullable Instant faultAt,
      @Nullable Instant passedAt) {
    return new StoreMoveProgress("S3", true, paused, 0, after, 0, 0, 0, left, faultAt, passedAt);
  }

  @Test
  void nothing_is_due_while_it_is_paused_or_a_store_has_just_failed() {
    assertThat(progress(false, KEY, 0, null, null).isDue(NOW)).isTrue();
    assertThat(progress(true, KEY, 0, null, null).isDue(NOW)).isFalse();
    Instant failed = NOW.minusSeconds(59);
    assertThat(progress(false, KEY, 0, failed, null).isDue(NOW)).isFalse();
    assertThat(progress(false, KEY, 0, failed, null).isDue(NOW.plusSeconds(2))).isTrue();
    assertThat(progress(false, KEY, 0, NOW.plusSeconds(9), null).isDue(NOW))
        .as("another clock")
        .isTrue();
  }

  @Test
  void rotten_objects_are_looked_at_again_after_an_hour() {
    Instant passed = NOW.minus(Duration.ofMinutes(59));
    assertThat(progress(false, null, 1, null, passed).isDue(NOW)).isFalse();
    assertThat(progress(false, null, 1, null, passed).isDue(NOW.plusSeconds(120))).isTrue();
    assertThat(progress(false, null, 0, null, passed).isDue(NOW)).as("what came since").isTrue();
    assertThat(progress(false, null, 0, null, passed).isEnded()).isTrue();
    assertThat(progress(false, null, 1, null, passed).isEnded()).isFalse();
    assertThat(progress(false, null, 0, null, null).isEnded()).as("never looked").isFalse();
  }

  @Test
  void an_order_counts_before_the_setting_and_soon() {
    AtomicReference<Optional<String>> ordered = new AtomicReference<>(Optional.empty());
    AtomicLong nanos = new AtomicLong();
    StoreTargetCache target =
        new StoreTargetCache(ordered::get, "DATABASE", Duration.ofNanos(10), nanos::get);
    assertThat(target.get()).isEqualTo("DATABASE");
    ordered.set(Optional.of("S3"));
    nanos.set(9);
    assertThat(target.get()).isEqualTo("DATABASE");
    nanos.set(10);
    assertThat(target.get()).isEqualTo("S3");
  }
}
