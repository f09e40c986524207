package org.hikae.vault.root.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.testing.EveryThirdRun;
import org.hikae.vault.port.UnavailableException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound in front of the token. */
@DisplayName("The limiter in front of the token")
@Timeout(60)
@EveryThirdRun
class TokenCallLimiterTest {

  @Test
  @DisplayName("a call that hangs is given up, and keeps its place until it comes back")
  void a_call_that_hangs_is_given_up() throws Exception {
    // Long enough for a call that does not hang, on a machine that does much else.
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(2));
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);

    assertThatThrownBy(() -> limiter.pass(() -> stayUntil(leave, left)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("The token does not answer within 2000 ms.");
    assertThatThrownBy(() -> limiter.pass(() -> "second"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage("The token is busy: there was no place within 2000 ms.");

    leave.countDown();
    left.await();
    assertThat(await(limiter)).isEqualTo("third");
  }

  /** The place is free a moment after the call came back. */
  private static String await(TokenCallLimiter limiter) {
    while (true) {
      try {
        return limiter.pass(() -> "third");
      } catch (UnavailableException e) {
        assertThat(e).hasMessageContaining("no place");
      }
    }
  }

  @Test
  void who_waits_a_little_passes() throws Exception {
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(30));
    AtomicInteger inside = new AtomicInteger();
    List<Future<Integer>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 64; i++) {
        calls.add(
            threads.submit(
                () ->
                    limiter.pass(
                        () -> {
                          int together = inside.incrementAndGet();
                          inside.decrementAndGet();
                          return together;
                        })));
      }
    }
    for (Future<Integer> call : calls) {
      assertThat(call.get()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("calls do not run on virtual threads, whose carriers a hanging one would hold")
  void calls_run_on_threads_of_their_own() throws Exception {
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(30));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> virtual =
          threads.submit(() -> limiter.pass(() -> Thread.currentThread().isVirtual()));
      assertThat(virtual.get()).isFalse();
    }
  }

  @Test
  void a_closed_gate_lets_nobody_in() {
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(30));
    assertThat(limiter.pass(() -> "x")).isEqualTo("x");
    limiter.close();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> limiter.pass(() -> "x")).isInstanceOf(IllegalStateException.class);
    }
  }

  private static String stayUntil(CountDownLatch leave, CountDownLatch left) {
    try {
      leave.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left.countDown();
    }
    return "late";
  }

  @Test
  void failures_of_the_token_are_unavailable_and_leave_the_place() {
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(30));
    for (Exception failure :
        new Exception[] {
          new ProviderException("sign", new IllegalStateException("CKR_DEVICE_REMOVED")),
          new KeyStoreException("CKR_DEVICE_REMOVED"),
          new IOException("CKR_DEVICE_REMOVED")
        }) {
      assertThatThrownBy(
              () ->
                  limiter.pass(
                      () -> {
                        throw rethrown(failure);
                      }))
          .isInstanceOf(UnavailableException.class)
          .hasMessage("The token does not answer (CKR_DEVICE_REMOVED).")
          .hasCause(failure);
    }
    assertThatThrownBy(
            () ->
                limiter.pass(
                    () -> {
                      throw new IllegalArgumentException("a defect");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(TokenCallLimiter.reason(new ProviderException())).isEqualTo("ProviderException");
  }

  private static ProviderException rethrown(Exception failure)
      throws IOException, KeyStoreException {
    switch (failure) {
      case IOException e -> throw e;
      case KeyStoreException e -> throw e;
      case ProviderException e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }

  @Test
  void an_interrupted_caller_is_told_and_stays_interrupted() {
    TokenCallLimiter limiter = new TokenCallLimiter(1, Duration.ofSeconds(30));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> limiter.pass(() -> "x")).isInstanceOf(UnavailableException.class);

    assertThat(Thread.interrupted()).isTrue();
  }
}
