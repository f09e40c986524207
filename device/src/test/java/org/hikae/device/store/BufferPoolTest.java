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

  private static final int MIB = 1 << 20;

  @Test
  void an_array_for_about_a_length_is_at_most_twice_as_long() {
    BufferPool pool = new BufferPool(1000);
    assertThat(pool.takeAtLeast(0)).isEmpty();
    byte[] first = pool.takeAtLeast(97);
    assertThat(first).hasSize(128);
    byte[] longer = pool.takeAtLeast(200);
    assertThat(longer).hasSize(256);
    pool.give(longer);
    pool.give(first);
    assertThat(pool.takeAtLeast(129)).isSameAs(longer);
    pool.give(longer);
    assertThat(pool.takeAtLeast(128)).isSameAs(first);
    assertThat(pool.takeAtLeast(127)).hasSizeBetween(127, 254).isNotSameAs(first);
    assertThat(pool.idleBytes()).isEqualTo(256);
    pool.give(first);
    assertThat(pool.takeAtLeast(63)).isNotSameAs(first);
    assertThat(pool.takeAtLeast(64)).isSameAs(first);
  }

  @Test
  void little_is_added_to_long_arrays_so_that_all_packs_at_work_are_kept() {
    BufferPool pool = new BufferPool(30L * MIB);
    List<byte[]> packs = new ArrayList<>();
    for (int length : new int[] {8 * MIB + 1, 9 * MIB, 10 * MIB}) {
      packs.add(pool.takeAtLeast(length));
    }
    assertThat(packs).allSatisfy(pack -> assertThat(pack).hasSize(10 * MIB));
    packs.forEach(pool::give);
    assertThat(pool.idleBytes()).isEqualTo(30L * MIB);
    assertThat(pool.takeAtLeast(12 * MIB + 1)).hasSize(14 * MIB);
    assertThat(pool.takeAtLeast(4 * MIB - 1)).hasSize(4 * MIB);
  }

  @Test
  void no_more_is_kept_than_its_bound() {
    BufferPool pool = new BufferPool(250);
    byte[] oldest = pool.takeAtLeast(40);
    byte[] middle = pool.takeAtLeast(96);
    byte[] newest = pool.takeAtLeast(128);
    pool.give(oldest);
    pool.give(middle);
    pool.give(newest);
    assertThat(pool.idleBytes()).isEqualTo(224);
    assertThat(pool.takeAtLeast(40)).isNotSameAs(oldest);
    assertThat(pool.takeAtLeast(96)).isSameAs(middle);
    pool.give(new byte[251]);
    assertThat(pool.idleBytes()).isEqualTo(128);
  }

  @Test
  void what_was_of_use_lately_stays_whatever_its_length() {
    BufferPool pool = new BufferPool(100);
    byte[] small = pool.takeAtLeast(8);
    byte[] used = pool.takeAtLeast(32);
    pool.give(used);
    pool.give(small);
    assertThat(pool.takeAtLeast(32)).isSameAs(used);
    pool.give(used);
    pool.give(pool.takeAtLeast(64));
    assertThat(pool.idleBytes()).isEqualTo(96);
    assertThat(pool.takeAtLeast(8)).isNotSameAs(small);
    assertThat(pool.takeAtLeast(32)).isSameAs(used);
  }

  @Test
  void an_array_that_is_given_back_twice_is_refused() {
    BufferPool pool = new BufferPool(1000);
    byte[] buffer = pool.takeAtLeast(10);
    pool.give(buffer);
    assertThatThrownBy(() -> pool.give(buffer)).isInstanceOf(IllegalStateException.class);
    assertThat(pool.takeAtLeast(10)).isSameAs(buffer);
    assertThat(pool.takeAtLeast(10)).isNotSameAs(buffer);
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
            byte[] buffer = pool.takeAtLeast(50 + random.nextInt(30));
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
