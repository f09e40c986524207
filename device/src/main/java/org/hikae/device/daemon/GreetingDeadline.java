package org.hikae.device.daemon;

import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;

/** Closes a connection whose other side does not say in time what it has to say first. */
public final class GreetingDeadline implements AutoCloseable {

  /** Enough for an agent that systemd has to start first. */
  public static final Duration STANDARD = Duration.ofSeconds(10);

  private final Thread guard;

  /** From now on. */
  public GreetingDeadline(Channel connection, Duration limit) {
    guard =
        Thread.ofPlatform()
            .daemon()
            .name("hikae-greeting")
            .start(new ConnectionExpiry(connection, limit));
  }

  /** No lambda: the first one of a process takes longer than all else of a greeting. */
  private record ConnectionExpiry(Channel connection, Duration limit) implements Runnable {
    @Override
    public void run() {
      try {
        Thread.sleep(limit);
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (IOException e) {
        // It is of no use any more, however it ended.
      }
    }
  }

  /** It came in time. */
  @Override
  public void close() {
    guard.interrupt();
  }
}
