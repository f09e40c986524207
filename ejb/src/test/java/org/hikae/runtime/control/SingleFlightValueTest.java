package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SingleFlightValueTest {

  private static final Duration AGE = Duration.ofSeconds(1);
  private static final int MANY = 20;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final AtomicInteger asked = new AtomicInteger();
  private final SingleFlightValue<Integer> singleFlightValue =
      new SingleFlightValue<>(AGE, now::get);

  @Test
  void one_answer_is_for_all_who_ask_within_a_while() {
    assertThat(singleFlightValue.get(asked::incrementAndGet)).isEqualTo(1);
    now.addAndGet(AGE.toNanos() - 1);
    assertThat(singleFlightValue.get(asked::incrementAndGet)).isEqualTo(1);
    now.addAndGet(1);
    assertThat(singleFlightValue.get(asked::incrementAndGet)).isEqualTo(2);
  }

  @Test
  void who_waits_while_another_asks_hears_that_answer_however_long_it_took() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(MANY)) {
      List<Future<Integer>> answers = new ArrayList<>();
      answers.add(
          pool.submit(
              () ->
                  singleFlightValue.get(
                      () -> {
                        begun.countDown();
                        await(end);
                        now.addAndGet(100 * AGE.toNanos());
                        return asked.incrementAndGet();
                      })));
      begun.await();
      for (int i = 1; i < MANY; i++) {
        answers.add(pool.submit(() -> singleFlightValue.get(asked::incrementAndGet)));
      }
      end.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(1);
      }
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_question_that_fails_is_asked_again() {
    assertThat(
            catchThrowable(
                () ->
                    singleFlightValue.get(
                        () -> {
                          throw new IllegalStateException("no");
                        })))
        .hasMessage("no");
    assertThat(singleFlightValue.get(asked::incrementAndGet)).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
