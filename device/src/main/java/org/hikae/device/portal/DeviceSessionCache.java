package org.hikae.device.portal;

import java.time.Instant;
import org.hikae.enrollment.wire.DeviceSession;
import org.jspecify.annotations.Nullable;

/**
 * The device session that was opened last, for the commands of one process; in memory only. Safe
 * for several threads.
 */
public final class DeviceSessionCache {

  private @Nullable DeviceSession session;
  private Instant renewAt = Instant.MIN;

  /** The session, or null when it is to be renewed by then, or there is none. */
  @Nullable
  synchronized DeviceSession at(Instant now) {
    return now.isBefore(renewAt) ? session : null;
  }

  /** Keeps another one in its place until then. */
  synchronized void put(DeviceSession opened, Instant until) {
    session = opened;
    renewAt = until;
  }
}
