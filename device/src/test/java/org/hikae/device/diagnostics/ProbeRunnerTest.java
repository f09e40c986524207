package org.hikae.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No look keeps the person waiting. */
@Timeout(60)
class ProbeRunnerTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  @Test
  void what_is_found_is_what_counts() {
    assertThat(ProbeRunner.ask(LONG, "nothing", () -> "found")).isEqualTo("found");
  }

  @Test
  void what_fails_finds_nothing_however_it_fails() {
    assertThat(
            ProbeRunner.ask(
                LONG,
                "nothing",
                () -> {
                  throw new IOException("failed");
                }))
        .isEqualTo("nothing");
    assertThat(
            ProbeRunner.ask(
                LONG,
                "nothing",
                () -> {
                  throw new StackOverflowError();
                }))
        .isEqualTo("nothing");
  }

  @Test
  void what_takes_too_long_is_left_alone_and_may_end_well() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    String found =
        ProbeRunner.ask(
            Duration.ofMillis(20),
            "nothing",
            () -> {
              released.await();
              ended.countDown();
              return "late";
            });
    assertThat(found).isEqualTo("nothing");
    released.countDown();
    ended.await();
  }
}
