package org.hikae.device.transparency;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this device knows of the portal's log after a look.
 *
 * @param state what the look came to
 * @param size how many entries the log says that it has; 0 when that cannot be read
 * @param before how many it had when something was kept of it; 0 when nothing was
 * @param kept a signed end that contradicts the kept one, or was not shown to continue it, in a
 *     file of its own; null when there is none, or no room for one
 */
public record PortalLogResult(PortalLogState state, long size, long before, @Nullable Path kept) {

  static PortalLogResult of(PortalLogState state, long before) {
    return new PortalLogResult(state, 0, before, null);
  }
}
