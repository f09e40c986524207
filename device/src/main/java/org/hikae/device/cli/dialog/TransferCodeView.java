package org.hikae.device.cli.dialog;

import java.util.List;

/**
 * The six digits that this device shows while it waits for another one.
 *
 * @param code the digits
 * @param qr rows of a QR code with the same, {@code 1} is dark
 */
public record TransferCodeView(String code, List<String> qr) {

  /** Copies the list. */
  public TransferCodeView {
    qr = List.copyOf(qr);
  }

  @Override
  public String toString() {
    return "TransferCodeView(REDACTED)";
  }
}
