package org.hikae.runtime.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds what transfers hold: a number of places and a budget of bytes for all. No employee gets
 * more of either than is left for the others, so that everybody else still gets in however many are
 * slow or hostile; and no more places than a number of their own. Who does not get in is told to
 * come back; nobody waits here.
 */
public final class TransferBudget {

  private final long maxBytes;
  private final int maxPlaces;
  private final int maxPerEmployee;
  private final Map<Long, Share> shares = new HashMap<>();
  private long bytes;
  private int places;

  /** What one employee holds. */
  private record Share(int places, long bytes) {

    static final Share NONE = new Share(0, 0);
  }

  /**
   * An empty budget.
   *
   * @param maxBytes most bytes held by all transfers together
   * @param maxPlaces most transfers at once
   * @param maxPerEmployee most transfers of one employee at once
   */
  public TransferBudget(long maxBytes, int maxPlaces, int maxPerEmployee) {
    if (maxBytes < 1 || maxPlaces < 1 || maxPerEmployee < 1) {
      throw new IllegalArgumentException("all limits must be positive");
    }
    this.maxBytes = maxBytes;
    this.maxPlaces = maxPlaces;
    this.maxPerEmployee = maxPerEmployee;
  }

  /** A place in the budget; closing it twice is harmless. */
  public final class Place implements AutoCloseable {

    private final long employeeId;
    private final long held;
    private boolean closed;

    private Place(long employeeId, long held) {
      this.employeeId = employeeId;
      this.held = held;
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  /**
   * A place for {@code size} bytes, or empty when the budget or the employee's share is used up.
   */
  public synchronized Optional<Place> enter(long employeeId, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative");
    }
    Share mine = shares.getOrDefault(employeeId, Share.NONE);
    long free = maxBytes - bytes;
    boolean fits =
        mine.places() < Math.min(maxPerEmployee, maxPlaces - places)
            && size <= free
            && mine.bytes() <= free - size;
    if (!fits) {
      return Optional.empty();
    }
    change(employeeId, 1, size);
    return Optional.of(new Place(employeeId, size));
  }

  private synchronized void leave(Place place) {
    if (!place.closed) {
      place.closed = true;
      change(place.employeeId, -1, -place.held);
    }
  }

  private void change(long employeeId, int byPlaces, long byBytes) {
    places += byPlaces;
    bytes += byBytes;
    Share mine = shares.getOrDefault(employeeId, Share.NONE);
    int left = mine.places() + byPlaces;
    if (left == 0) {
      shares.remove(employeeId);
    } else {
      shares.put(employeeId, new Share(left, mine.bytes() + byBytes));
    }
  }

  /** Employees who hold something now; who does not leaves nothing behind. */
  synchronized int holders() {
    return shares.size();
  }

  /** Bytes held now. */
  public synchronized long heldBytes() {
    return bytes;
  }
}
