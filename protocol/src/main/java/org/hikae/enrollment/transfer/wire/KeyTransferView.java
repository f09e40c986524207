package org.hikae.enrollment.transfer.wire;

import java.time.Instant;
import java.util.List;

/**
 * A transfer as the portal tells it to the devices of its employee.
 *
 * @param transferId 16 bytes, hexadecimal, drawn by the new device
 * @param setId the set whose K is asked for
 * @param deviceId the new device
 * @param deviceName what people call it
 * @param address from which network address it asked
 * @param openedAt ISO-8601 instant
 * @param expiresAt ISO-8601 instant at which it ends, done or not
 * @param messages in the order of their numbers; a list of transfers has none of them
 */
public record KeyTransferView(
    String transferId,
    String setId,
    String deviceId,
    String deviceName,
    String address,
    Instant openedAt,
    Instant expiresAt,
    List<KeyTransferMessage> messages) {

  /** Copies the list. */
  public KeyTransferView {
    messages = List.copyOf(messages);
  }
}
