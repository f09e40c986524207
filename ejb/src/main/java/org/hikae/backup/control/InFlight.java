package org.hikae.backup.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds what transfers hold in memory: a budget of bytes for all, and a number of transfers for
 * each employee, so that one slow or hostile sender cannot take the whole budget. Who does not get
 * in is told to come back; nobody waits here.
 */
public final class InFlight {

  private final long maxBytes;
  private final int maxPerEmployee;
  private final Map<Long, Integer> transfers = new HashMap<>();
  private long bytes;

  /**
   * An empty budget.
   *
   * @param maxBytes most bytes held by all transfers together
   * @param maxPerEmployee most transfers of one employee at once
   */
  public InFlight(long maxBytes, int maxPerEmployee) {
    if (maxBytes < 1 || maxPerEmployee < 1) {
      throw new IllegalArgumentException("both limits must be positive");
    }
    this.maxBytes = maxBytes;
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
    int mine = transfers.getOrDefault(employeeId, 0);
    if (mine >= maxPerEmployee || size > maxBytes - bytes) {
      return Optional.empty();
    }
    transfers.put(employeeId, mine + 1);
    bytes += size;
    return Optional.of(new Place(employeeId, size));
  }

  private synchronized void leave(Place place) {
    if (place.closed) {
      return;
    }
    place.closed = true;
    bytes -= place.held;
    transfers.computeIfPresent(place.employeeId, (id, count) -> count == 1 ? null : count - 1);
  }

  /** Bytes held now. */
  public synchronized long heldBytes() {
    return bytes;
  }
}
