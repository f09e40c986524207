package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyedCacheTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final KeyedCache<Integer, String> kept = new KeyedCache<>(now::get);

  private String count(int thing, String figures, Duration taking) {
    return kept.get(
        thing,
        () -> {
          now.addAndGet(taking.toNanos());
          return figures;
        });
  }

  @Test
  void what_took_long_is_counted_once_within_a_moment_and_anew_after_it() {
    assertThat(count(1, "first", KeyedCache.LONG)).isEqualTo("first");
    now.addAndGet(KeyedCache.AGE.toNanos() - 1);
    assertThat(count(1, "second", KeyedCache.LONG)).isEqualTo("first");
    now.incrementAndGet();
    assertThat(count(1, "second", KeyedCache.LONG)).isEqualTo("second");
  }

  @Test
  void what_was_quick_is_counted_each_time() {
    Duration quick = KeyedCache.LONG.minusNanos(1);
    assertThat(count(1, "first", quick)).isEqualTo("first");
    assertThat(count(1, "second", quick)).isEqualTo("second");
  }

  @Test
  void each_thing_has_its_own_figures() {
    assertThat(count(1, "one", KeyedCache.LONG)).isEqualTo("one");
    assertThat(count(2, "two", KeyedCache.LONG)).isEqualTo("two");
    assertThat(count(1, "other", KeyedCache.LONG)).isEqualTo("one");
  }

  @Test
  void counts_anew_when_something_changed() {
    assertThat(count(1, "first", KeyedCache.LONG)).isEqualTo("first");
    kept.forget();
    assertThat(count(1, "second", KeyedCache.LONG)).isEqualTo("second");
  }

  @Test
  void what_was_asked_for_longest_ago_is_forgotten_when_there_is_too_much() {
    assertThat(count(0, "first", KeyedCache.LONG)).isEqualTo("first");
    now.addAndGet(-KeyedCache.LONG.toNanos() * KeyedCache.MAX_THINGS);
    for (int thing = 1; thing <= KeyedCache.MAX_THINGS; thing++) {
      count(thing, "more", KeyedCache.LONG);
    }
    assertThat(count(0, "second", KeyedCache.LONG)).isEqualTo("second");
  }

  @Test
  void so_many_things_are_kept() {
    for (int thing = 0; thing < KeyedCache.MAX_THINGS; thing++) {
      count(thing, "first", KeyedCache.LONG);
      now.addAndGet(-KeyedCache.LONG.toNanos());
    }
    assertThat(count(0, "second", KeyedCache.LONG)).isEqualTo("first");
  }

  @Test
  void a_count_that_fails_keeps_nothing() {
    assertThat(count(1, "first", Duration.ZERO)).isEqualTo("first");
    assertThatThrownBy(
            () ->
                kept.get(
                    1,
                    () -> {
                      throw new IllegalStateException("The database is away.");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(count(1, "second", KeyedCache.LONG)).isEqualTo("second");
  }

  @Test
  void nobody_waits_for_a_count_when_the_figures_are_good_enough_meanwhile() throws Exception {
    assertThat(count(1, "first", KeyedCache.LONG)).isEqualTo("first");
    now.addAndGet(KeyedCache.AGE.toNanos());
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch may = new CountDownLatch(1);
    CompletableFuture<String> other =
        CompletableFuture.supplyAsync(
            () ->
                kept.get(
                    1,
                    () -> {
                      begun.countDown();
                      await(may);
                      return "second";
                    }));
    await(begun);
    assertThat(count(1, "third", KeyedCache.LONG)).isEqualTo("first");
    may.countDown();
    assertThat(other.get(30, TimeUnit.SECONDS)).isEqualTo("second");
  }

  @Test
  void who_asks_first_together_with_another_waits_for_what_that_one_counts() throws Exception {
    assertThat(askedWhileAnotherCounts(KeyedCache.LONG)).isEqualTo("other");
  }

  @Test
  void who_asks_when_the_figures_are_too_old_waits_too() throws Exception {
    assertThat(count(1, "first", KeyedCache.LONG)).isEqualTo("first");
    now.addAndGet(2 * KeyedCache.AGE.toNanos());
    assertThat(askedWhileAnotherCounts(KeyedCache.LONG)).isEqualTo("other");
  }

  @Test
  void what_was_quick_is_never_given_to_who_asks_later() throws Exception {
    assertThat(count(1, "first", Duration.ZERO)).isEqualTo("first");
    assertThat(askedWhileAnotherCounts(Duration.ZERO)).isEqualTo("own");
  }

  @Test
  void those_who_wait_together_are_served_by_one_count_that_began_after_they_asked()
      throws Exception {
    AtomicInteger counts = new AtomicInteger();
    Supplier<String> quick =
        () -> {
          now.incrementAndGet();
          return "count " + counts.incrementAndGet();
        };
    Queue<String> got = new ConcurrentLinkedQueue<>();
    List<Thread> waiting =
        Stream.generate(() -> Thread.ofPlatform().unstarted(() -> got.add(kept.get(1, quick))))
            .limit(5)
            .toList();
    String first =
        kept.get(
            1,
            () -> {
              waiting.forEach(Thread::start);
              while (!waiting.stream().allMatch(KeyedCacheTest::isWaitingOrOver)) {
                Thread.onSpinWait();
              }
              return quick.get();
            });
    for (Thread one : waiting) {
      one.join();
    }
    assertThat(first).isEqualTo("count 1");
    assertThat(got).hasSize(5).containsOnly("count 2");
  }

  /**
   * What somebody gets who asks while another counts, which ends when that one waits or is done.
   */
  private String askedWhileAnotherCounts(Duration taking) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<String> got = new AtomicReference<>();
    Thread second = Thread.ofPlatform().unstarted(() -> got.set(count(1, "own", KeyedCache.LONG)));
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    kept.get(
                        1,
                        () -> {
                          begun.countDown();
                          while (!isWaitingOrOver(second)) {
                            Thread.onSpinWait();
                          }
                          now.addAndGet(taking.toNanos());
                          return "other";
                        }));
    await(begun);
    second.start();
    first.join();
    second.join();
    return got.get();
  }

  private static boolean isWaitingOrOver(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TERMINATED;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
