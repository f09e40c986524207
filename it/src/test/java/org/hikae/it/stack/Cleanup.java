package org.hikae.it.stack;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What ends with this process or, on a {@link WarmStack}, with the tests that have started it. */
public final class Cleanup {

  private static final Set<AutoCloseable> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAllBut(Set.of())));
  }

  private Cleanup() {}

  /** Closes it then. */
  public static void close(AutoCloseable resource) {
    OPEN.add(resource);
  }

  /** Closes all others now, beside each other: each server takes seconds. */
  static void closeAllBut(Set<AutoCloseable> kept) {
    List<Thread> closing =
        OPEN.stream()
            .filter(one -> !kept.contains(one))
            .map(one -> Thread.ofPlatform().start(() -> closeNow(one)))
            .toList();
    OPEN.retainAll(kept);
    try {
      for (Thread one : closing) {
        one.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeNow(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      System.err.println("Not ended cleanly: " + e);
    }
  }
}
