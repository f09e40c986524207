package org.hikae.diagnostics.view;

import java.time.Instant;
import java.util.List;
import org.hikae.diagnostics.wire.Diagnostics;

/**
 * Diagnostics of a device with what they let one guess.
 *
 * @param deviceId which device
 * @param deviceName what its owner calls it
 * @param receivedAt the server's clock
 * @param keptUntil when they are removed at the latest
 * @param diagnostics what the device said
 * @param causes what may be wrong, the most certain first
 */
public record DiagnosticsView(
    String deviceId,
    String deviceName,
    Instant receivedAt,
    Instant keptUntil,
    Diagnostics diagnostics,
    List<LikelyCause> causes) {

  /** Copies the list. */
  public DiagnosticsView {
    causes = List.copyOf(causes);
  }
}
