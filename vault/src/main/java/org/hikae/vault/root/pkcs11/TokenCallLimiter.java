package org.hikae.vault.root.pkcs11;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hikae.vault.port.UnavailableException;

/**
 * Stands in front of every call to the token. At most so many calls are inside at a time, because
 * the JDK's provider throws when a token has no session left instead of waiting (it assumes 32 when
 * the token does not say). A caller that waits too long, for its place or for its answer, and a
 * call that fails become {@link UnavailableException}, so that the vault answers "not now".
 *
 * <p>Calls run on threads of the limiter's own: one that hangs in the token's library would
 * otherwise hold the carrier of a virtual thread, and a few of those would stop the whole vault. A
 * call that was given up keeps its place until it comes back.
 */
final class TokenCallLimiter implements AutoCloseable {

  private final Semaphore places;
  private final Duration longestWait;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("token-", 0).daemon().factory());

  /** A call to the token. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws GeneralSecurityException, IOException;
  }

  /**
   * A limiter.
   *
   * @param places how many calls at a time; others wait in order
   * @param longestWait how long for a place, and how long for an answer
   */
  TokenCallLimiter(int places, Duration longestWait) {
    this.places = new Semaphore(places, true);
    this.longestWait = longestWait;
  }

  /** Runs {@code call} when there is a place. Not to be nested. */
  <T> T pass(Call<T> call) {
    try {
      if (!places.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UnavailableException(
            "The token is busy: there was no place within " + longestWait.toMillis() + " ms.",
            null);
      }
      return start(call).get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnavailableException(
          "The token does not answer within " + longestWait.toMillis() + " ms.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("Waiting for the token was interrupted.", e);
    } catch (ExecutionException e) {
      throw translated(Objects.requireNonNull(e.getCause()));
    }
  }

  private <T> Future<T> start(Call<T> call) {
    try {
      return threads.submit(
          () -> {
            try {
              return call.run();
            } finally {
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      throw new IllegalStateException("This root was closed.", e);
    }
  }

  private static RuntimeException translated(Throwable failure) {
    return switch (failure) {
      case ProviderException e -> unavailable(e);
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> unavailable(failure);
    };
  }

  private static UnavailableException unavailable(Throwable failure) {
    return new UnavailableException(
        "The token does not answer (" + reason(failure) + ").", failure);
  }

  /** What the library said, such as {@code CKR_DEVICE_REMOVED}: the innermost message. */
  static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }

  /** Lets nobody in any more; calls that are inside come to their end. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
