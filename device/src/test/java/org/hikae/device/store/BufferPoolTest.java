package org.hikae.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a pool keeps, and that nobody gets what somebody has. */
class BufferPoolTest {

  @Test
  void an_array_is_used_again_for_its_own_length_only() {
    BufferPool pool = new BufferPool(1000);
    byte[] first = pool.take(100);
    assertThat(first).hasSize(100);
    pool.give(first);
    assertThat(pool.take(99)).hasSize(99);
    assertThat(pool.take(100)).isSameAs(first);
    assertThat(pool.take(100)).isNotSameAs(first);
  }

  @Test
  void an_array_for_about_a_length_is_at_most_twice_as_long() {
    BufferPool pool = new BufferPool(1000);
    assertThat(pool.takeAtLeast(0)).isEmpty();
    byte[] first = pool.takeAtLeast(97);
    assertThat(first).hasSize(112);
    byte[] longer = pool.takeAtLeast(200);
    assertThat(longer).hasSize(224);
    pool.give(longer);
    pool.give(first);
    assertThat(pool.takeAtLeast(113)).isSameAs(longer);
    pool.give(longer);
    assertThat(pool.takeAtLeast(112)).isSameAs(first);
    assertThat(pool.takeAtLeast(111)).hasSizeBetween(111, 222).isNotSameAs(first);
    assertThat(pool.idleBytes()).isEqualTo(224);
    pool.give(first);
    assertThat(pool.takeAtLeast(55)).isNotSameAs(first);
    assertThat(pool.takeAtLeast(56)).isSameAs(first);
  }

  @Test
  void no_more_is_kept_than_its_bound() {
    BufferPool pool = new BufferPool(250);
    byte[] oldest = pool.take(100);
    byte[] middle = pool.take(110);
    byte[] newest = pool.take(120);
    pool.give(oldest);
    pool.give(middle);
    pool.give(newest);
    assertThat(pool.idleBytes()).isEqualTo(230);
    assertThat(pool.take(100)).isNotSameAs(oldest);
    assertThat(pool.take(110)).isSameAs(middle);
    pool.give(new byte[251]);
    assertThat(pool.idleBytes()).isEqualTo(120);
  }

  @Test
  void an_array_that_is_given_back_twice_is_refused() {
    BufferPool pool = new BufferPool(1000);
    byte[] buffer = pool.take(10);
    pool.give(buffer);
    assertThatThrownBy(() -> pool.give(buffer)).isInstanceOf(IllegalStateException.class);
    assertThat(pool.take(10)).isSameAs(buffer);
    assertThat(pool.take(10)).isNotSameAs(buffer);
  }

  @Test
  void no_two_threads_have_the_same() throws Exception {
    BufferPool pool = new BufferPool(300);
    Set<byte[]> inUse =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    Callable<Boolean> user =
        () -> {
          Random random = new Random(7);
          boolean alone = true;
          for (int i = 0; i < 2000; i++) {
            byte[] buffer = pool.take(50 + random.nextInt(3));
            alone &= inUse.add(buffer);
            alone &= inUse.remove(buffer);
            pool.give(buffer);
          }
          return alone;
        };
    List<Future<Boolean>> users = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        users.add(threads.submit(user));
      }
    }
    for (Future<Boolean> each : users) {
      assertThat(each.get()).isTrue();
    }
    assertThat(pool.idleBytes()).isLessThanOrEqualTo(300);
  }
}
