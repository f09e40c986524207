package org.hikae.ui.faces;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Acts on one thing after the other, a few in each request of the page, so that it can be watched
 * and stopped. Each act is a transaction of its own: whenever this ends, each thing is either done
 * or as it was.
 */
public final class BulkAction implements Serializable {

  /** Acts of one request. */
  static final int AT_ONCE = 20;

  /**
   * What is acted on.
   *
   * @param id its identifier
   * @param name what people call it
   * @param employeeId whose it is, or who
   * @param employeeName what they are called
   * @param settled why nothing is to be done, as a sentence; null when something is
   */
  public record Item(
      String id, String name, long employeeId, String employeeName, @Nullable String settled)
      implements Serializable {}

  /**
   * What could not be done.
   *
   * @param item what was to be acted on
   * @param why a sentence
   */
  public record FailedItem(Item item, String why) implements Serializable {}

  private final Deque<Item> waiting = new ArrayDeque<>();
  private final ArrayList<FailedItem> missed = new ArrayList<>();
  private final int total;
  private int done;
  private boolean stopped;

  /** Begins. */
  BulkAction(List<Item> items) {
    total = items.size();
    for (Item item : items) {
      String settled = item.settled();
      if (settled == null) {
        waiting.add(item);
      } else {
        missed.add(new FailedItem(item, settled));
      }
    }
  }

  /**
   * Acts on the next few.
   *
   * @param act says why it could not be done, or null when it was; what it throws leaves its item
   *     waiting
   */
  synchronized void step(Function<Item, @Nullable String> act) {
    for (int i = 0; i < AT_ONCE && isGoing(); i++) {
      Item item = waiting.getFirst();
      String why = act.apply(item);
      waiting.removeFirst();
      if (why == null) {
        done++;
      } else {
        missed.add(new FailedItem(item, why));
      }
    }
  }

  /** Leaves the rest as it is. */
  void stop() {
    stopped = true;
  }

  /** Goes on with the rest. */
  void resume() {
    stopped = false;
  }

  /** Whether there is more to do, and nobody stopped it. */
  public boolean isGoing() {
    return !stopped && !waiting.isEmpty();
  }

  /** How many things there were. */
  public int getTotal() {
    return total;
  }

  /** How many are done. */
  public int getDone() {
    return done;
  }

  /** How many are done, or could not be. */
  public int getSettled() {
    return done + missed.size();
  }

  /** How many are as they were. */
  public int getLeft() {
    return waiting.size();
  }

  /** What could not be done. */
  public List<FailedItem> getMissed() {
    return missed;
  }
}
