package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.jspecify.annotations.Nullable;

/**
 * A device that puts one object after the other, again and again those that the portal could not
 * take, and remembers each that was acknowledged, and when.
 */
final class ContinuousPuts implements AutoCloseable {

  private static final int OBJECT_BYTES = 20_000;
  private static final long PAUSE_MILLIS = 50;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final ApiClient session;
  private final Random random = new Random(29);
  private final Map<String, Long> acknowledged = new LinkedHashMap<>();
  private final Thread thread;
  private boolean stopped;
  private @Nullable String fault;

  private ContinuousPuts(ApiClient session) {
    this.session = session;
    this.thread = Thread.ofPlatform().daemon().name("puts").unstarted(this::run);
  }

  /** Begins with a session of a device whose person takes part. */
  static ContinuousPuts begin(ApiClient session) {
    ContinuousPuts puts = new ContinuousPuts(session);
    puts.thread.start();
    return puts;
  }

  private void run() {
    byte[] bytes = new byte[OBJECT_BYTES];
    try {
      while (!isStopped()) {
        random.nextBytes(bytes);
        String name = Hash256.sha256(bytes).hex();
        while (!put(name, bytes) && !isStopped()) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (AssertionError | InterruptedException e) {
      fail(e.toString());
    }
  }

  /** Whether it was acknowledged; if not, it may be sent again. */
  private boolean put(String name, byte[] bytes) {
    ApiReply reply = session.bytes("PUT", "/v1/device/objects/" + name, bytes);
    boolean taken = reply.status() == 201 || reply.status() == 200;
    if (taken) {
      note(name);
    } else if (reply.status() != 503) {
      fail(reply.toString());
    }
    return taken;
  }

  private synchronized void note(String name) {
    acknowledged.put(name, System.nanoTime());
    notifyAll();
  }

  private synchronized void fail(String what) {
    fault = what;
    stopped = true;
    notifyAll();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /** Waits until so many more were acknowledged. */
  synchronized void awaitMore(int objects) throws InterruptedException {
    int enough = acknowledged.size() + objects;
    long end = System.nanoTime() + LIMIT.toNanos();
    while (acknowledged.size() < enough) {
      assertThat(fault).isNull();
      long left = (end - System.nanoTime()) / 1_000_000;
      assertThat(left).as("milliseconds left to wait for a put").isPositive();
      wait(left);
    }
  }

  /** The longest time in which none was acknowledged. */
  synchronized Duration longestPause() {
    long longest = 0;
    long before = Long.MAX_VALUE;
    for (long at : acknowledged.values()) {
      longest = before == Long.MAX_VALUE ? 0 : Math.max(longest, at - before);
      before = at;
    }
    return Duration.ofNanos(longest);
  }

  /** Ends, and reads each that was acknowledged. */
  int requireAll() {
    close();
    assertThat(fault).isNull();
    for (String name : acknowledged.keySet()) {
      ApiReply reply = session.get("/v1/device/objects/" + name);
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
      assertThat(Hash256.sha256(reply.body()).hex()).isEqualTo(name);
    }
    return acknowledged.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
