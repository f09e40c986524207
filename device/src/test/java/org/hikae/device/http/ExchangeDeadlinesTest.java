package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** HK1-R-11: a minute, and the time of the bodies that really come or go at 32 KiB a second. */
class ExchangeDeadlinesTest {

  private static final int OBJECT = 24 * 1024 * 1024;
  private static final HttpCall GET =
      HttpCall.of("GET", URI.create("http://127.0.0.1/object")).withMaxAnswerBytes(OBJECT);

  private final FakeSleeper sleeper = new FakeSleeper();

  @Test
  void silence_in_place_of_a_large_object_is_given_up_after_a_minute() {
    assertThat(GET.limit()).isEqualTo(Duration.ofMinutes(1));
    assertThat(GET.withBody("a/b", new byte[OBJECT]).limit())
        .isEqualTo(Duration.ofMinutes(1).plusSeconds(OBJECT / (32 * 1024)));
  }

  @Test
  void what_comes_as_fast_as_the_slowest_line_is_waited_for_and_what_drips_is_not() {
    assertThat(secondsUntilGivenUp(GET, 32 * 1024)).isEqualTo(60 + OBJECT / (32 * 1024));
    assertThat(secondsUntilGivenUp(GET, 1)).isEqualTo(60);
    CallDeadline deadline = new CallDeadline(Duration.ofSeconds(15), () -> Duration.ZERO);
    assertThat(secondsUntilGivenUp(GET.withDeadline(deadline), 32 * 1024)).isEqualTo(15);
  }

  /** Of a body that comes so fast and then stops at its end. */
  private long secondsUntilGivenUp(HttpCall call, long bytesPerSecond) {
    AtomicLong received = new AtomicLong();
    try (ExchangeDeadlines deadlines = new ExchangeDeadlines(sleeper::nanos);
        HttpConnection connection = new HttpConnection(BandwidthLimits.UNLIMITED);
        ExchangeDeadlines.WatchedExchange exchange =
            deadlines.watch(connection, call.limit(), () -> call.moreAfter(received.get()))) {
      long seconds = -1;
      while (!exchange.over()) {
        seconds++;
        sleeper.wait(Duration.ofSeconds(1));
        received.set(Math.min(OBJECT, received.get() + bytesPerSecond));
      }
      return seconds;
    }
  }
}
