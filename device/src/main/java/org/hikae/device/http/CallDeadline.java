package org.hikae.device.http;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Limits of a call that is worth nothing when its answer comes late.
 *
 * @param exchange most time for opening a connection, and for each exchange on it
 * @param left how long from now on it may be sent again; asked before each repeat
 */
public record CallDeadline(Duration exchange, Supplier<Duration> left) {

  /** Whether it may not be sent again. */
  boolean over() {
    return !left.get().isPositive();
  }

  /** A pause that leaves the last repeat, however long a server asks for it. */
  Duration shortened(Duration pause) {
    Duration most = left.get();
    return pause.compareTo(most) > 0 ? most : pause;
  }
}
