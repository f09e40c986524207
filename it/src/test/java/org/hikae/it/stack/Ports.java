package org.hikae.it.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody else uses at this moment, none of them given out twice. The kernel takes none
 * of them for a connection, which could else have a port before the server that it was given to is
 * up.
 */
public final class Ports {

  /** All below the range that Linux takes the ports of connections from. */
  private static final int FIRST = 10_000;

  private static final int END = 32_000;

  private static final int MOST_TRIES = 10_000;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private Ports() {}

  /** Distinct free ports. */
  public static synchronized List<Integer> free(int count) {
    List<Integer> ports =
        ThreadLocalRandom.current()
            .ints(MOST_TRIES, FIRST, END)
            .filter(port -> !GIVEN.contains(port) && isFree(port))
            .distinct()
            .limit(count)
            .boxed()
            .toList();
    if (ports.size() < count) {
      throw new IllegalStateException("no " + count + " ports are free");
    }
    GIVEN.addAll(ports);
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
