package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final long RATE = 64 * 1024;

  /** Near the end of the clock, which runs over. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  private final AtomicLong waited = new AtomicLong();
  private final RateLimiter limit = new RateLimiter(RATE, nanos::get, this::rest);
  private FakeHttpServer server;

  private void rest(Duration duration) {
    nanos.addAndGet(duration.toNanos());
    waited.addAndGet(duration.toNanos());
  }

  @BeforeEach
  void start() throws Exception {
    server =
        new FakeHttpServer(
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              FakeHttpServer.send(exchange, 200, "text/plain", "x".repeat(body.length));
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Duration passed() {
    return Duration.ofNanos(waited.get());
  }

  @Test
  void ten_seconds_of_bytes_take_ten_seconds_but_for_a_quarter() throws Exception {
    for (int i = 0; i < 640; i++) {
      limit.take(1024);
    }
    assertThat(passed()).isBetween(Duration.ofMillis(9749), Duration.ofMillis(9751));
  }

  @Test
  void a_limit_that_comes_later_counts_from_then_on() throws Exception {
    RateLimiter later = new RateLimiter(Long.MAX_VALUE, nanos::get, this::rest);
    assertThat(later.limits()).isFalse();
    later.take(100_000_000);
    assertThat(passed()).isZero();
    later.atMost(RATE);
    later.atMost(2 * RATE);
    for (int i = 0; i < 640; i++) {
      later.take(1024);
    }
    assertThat(passed()).isBetween(Duration.ofMillis(9749), Duration.ofMillis(9751));
    later.atMost(1);
    assertThat(later.allowance(32 * 1024)).as("32 KiB a second at least").hasSeconds(4);
    assertThatThrownBy(() -> RateLimiter.NONE.atMost(RATE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_rest_saves_up_no_more_than_a_quarter_of_a_second() throws Exception {
    limit.take(1024);
    nanos.addAndGet(Duration.ofHours(3).toNanos());
    waited.set(0);
    limit.take((int) RATE);
    assertThat(passed()).isEqualTo(Duration.ofMillis(750));
  }

  @Test
  void without_a_limit_nobody_waits_and_no_call_gets_more_time() throws Exception {
    RateLimiter.NONE.take(Integer.MAX_VALUE);
    assertThat(RateLimiter.NONE.allowance(Integer.MAX_VALUE)).isZero();
    assertThat(limit.allowance((int) RATE)).isEqualTo(Duration.ofSeconds(4));
    assertThatThrownBy(
            () -> new RateLimiter(RateLimiter.MIN_BYTES_PER_SECOND - 1, nanos::get, this::rest))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_a_wire_sends_is_paced_and_arrives_whole() throws Exception {
    HttpReply httpReply = exchange(new BandwidthLimits(limit, RateLimiter.NONE));
    assertThat(httpReply.body()).hasSize(4 * (int) RATE);
    assertThat(passed()).isBetween(Duration.ofMillis(3749), Duration.ofMillis(3751));
  }

  @Test
  void what_a_wire_receives_is_paced_and_arrives_whole() throws Exception {
    HttpReply httpReply = exchange(new BandwidthLimits(RateLimiter.NONE, limit));
    assertThat(httpReply.body()).hasSize(4 * (int) RATE);
    assertThat(passed()).isBetween(Duration.ofMillis(3749), Duration.ofMillis(3751));
  }

  private HttpReply exchange(BandwidthLimits bandwidth) throws Exception {
    try (HttpTransport wire =
        new HttpTransport(
            TrustedAuthorities.context(null),
            RetryPolicy.STANDARD,
            pause -> {},
            new SplittableRandom(1),
            bandwidth)) {
      return wire.send(
          HttpCall.of("PUT", server.uri()).withBody("text/plain", new byte[4 * (int) RATE]));
    }
  }
}
