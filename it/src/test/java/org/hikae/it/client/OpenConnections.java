package org.hikae.it.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that are kept open for as long as the portal bears it; whichever it ends is opened
 * anew.
 */
public final class OpenConnections implements AutoCloseable {

  private final List<Peer> peers = new ArrayList<>();
  private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger reopened = new AtomicInteger();

  private OpenConnections() {}

  /** Opens a connection and begins a request on it. */
  @FunctionalInterface
  interface Opening {
    RawHttpRequest open() throws IOException, InterruptedException;
  }

  /**
   * So many that do the same.
   *
   * @param count how many
   * @param drips whether each sends a byte a second, or nothing more at all
   * @param opening how each begins
   */
  record Group(int count, boolean drips, Opening opening) {}

  /** One of them. */
  private static final class Peer {

    private final boolean drips;
    private final Opening opening;
    private RawHttpRequest open;

    Peer(boolean drips, Opening opening) throws IOException, InterruptedException {
      this.drips = drips;
      this.opening = opening;
      this.open = opening.open();
    }

    private boolean isEnded() throws IOException {
      return drips ? !open.drip() : open.isAnswered();
    }
  }

  static OpenConnections of(List<Group> groups) throws IOException, InterruptedException {
    OpenConnections all = new OpenConnections();
    for (Group group : groups) {
      for (int i = 0; i < group.count(); i++) {
        all.peers.add(new Peer(group.drips(), group.opening()));
      }
    }
    var _ = all.seconds.scheduleAtFixedRate(all::goOn, 1, 1, TimeUnit.SECONDS);
    return all;
  }

  private void goOn() {
    for (Peer peer : peers) {
      try {
        if (peer.isEnded()) {
          peer.open.close();
          peer.open = peer.opening.open();
          reopened.incrementAndGet();
        }
      } catch (IOException e) {
        // Next time.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** How many there are. */
  public int count() {
    return peers.size();
  }

  /** How often the portal ended one of them. */
  public int reopened() {
    return reopened.get();
  }

  @Override
  public void close() throws IOException {
    seconds.shutdownNow();
    // Waits for the one that is being opened; after that none is any more.
    seconds.close();
    for (Peer peer : peers) {
      peer.open.close();
    }
  }
}
