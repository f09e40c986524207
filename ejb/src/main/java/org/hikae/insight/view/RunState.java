package org.hikae.insight.view;

import java.time.Instant;
import org.hikae.insight.value.LastRun;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/** How a run stands: what its device reported, or that the device fell silent. */
@SchemaName("RunState")
public enum RunState {
  /** At work. */
  RUNNING,
  /** Open, without a heartbeat for 15 minutes. */
  STALE,
  /** Everything was done. */
  SUCCESS,
  /** Done, with files that could not be read or written. */
  PARTIAL,
  /** Stopped by the person or the system. */
  CANCELLED,
  /** The portal could not be reached. */
  NETWORK,
  /** The portal refused. */
  REFUSED,
  /** Stored bytes are missing or damaged. */
  CORRUPT,
  /** The key could not be unlocked. */
  LOCKED,
  /** Trouble on the device. */
  LOCAL,
  /** A defect of the agent. */
  INTERNAL;

  /** Whether people need a cause and a next step: it did not end well, or not whole. */
  public boolean isAdvised() {
    return this != RUNNING && this != SUCCESS;
  }

  public static @Nullable RunState of(@Nullable LastRun run, Instant now) {
    if (run == null) {
      return null;
    }
    if (run.stale(now)) {
      return STALE;
    }
    return switch (run.result()) {
      case RUNNING -> RUNNING;
      case SUCCESS -> SUCCESS;
      case PARTIAL -> PARTIAL;
      case CANCELLED -> CANCELLED;
      case NETWORK -> NETWORK;
      case REFUSED -> REFUSED;
      case CORRUPT -> CORRUPT;
      case LOCKED -> LOCKED;
      case LOCAL -> LOCAL;
      case INTERNAL -> INTERNAL;
    };
  }
}
