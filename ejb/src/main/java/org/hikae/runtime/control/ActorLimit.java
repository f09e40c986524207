package org.hikae.runtime.control;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets each actor cause a bounded number of events in a window of time, so that refused calls in a
 * loop cannot fill the trail. Keeps a bounded number of actors and forgets the one that started its
 * window first.
 */
public final class ActorLimit {

  private final int maxEvents;
  private final Duration window;
  private final int maxActors;
  private final Map<String, Window> windows = new LinkedHashMap<>();

  private record Window(Instant start, int events) {}

  /** At most {@code maxEvents} per actor and {@code window}. */
  public ActorLimit(int maxEvents, Duration window, int maxActors) {
    this.maxEvents = maxEvents;
    this.window = window;
    this.maxActors = maxActors;
  }

  /** Counts one event of this actor; false when it is one too many. */
  public synchronized boolean allow(String actor, Instant now) {
    Window current = windows.get(actor);
    if (current == null || !now.isBefore(current.start().plus(window))) {
      windows.remove(actor);
      makeRoom();
      windows.put(actor, new Window(now, 1));
      return true;
    }
    if (current.events() >= maxEvents) {
      return false;
    }
    windows.put(actor, new Window(current.start(), current.events() + 1));
    return true;
  }

  /** Whole seconds until this actor may cause events again; at least one. */
  public synchronized int secondsUntilNext(String actor, Instant now) {
    Window current = windows.get(actor);
    if (current == null) {
      return 1;
    }
    Duration left = Duration.between(now, current.start().plus(window));
    return Math.toIntExact(Math.clamp(left.plusMillis(999).toSeconds(), 1, window.toSeconds()));
  }

  private void makeRoom() {
    if (windows.size() >= maxActors) {
      windows.remove(windows.keySet().iterator().next());
    }
  }
}
