package org.hikae.device.cli.transfer;

import java.util.ArrayList;
import java.util.List;
import org.hikae.device.sheet.NumericQrCode;
import org.hikae.device.transfer.TransferCode;

/**
 * The six digits as a QR code, with a margin of two at a terminal, which readers are content with.
 */
final class TransferQrCode {

  private static final int MARGIN = 2;

  private final NumericQrCode code;

  private TransferQrCode(NumericQrCode code) {
    this.code = code;
  }

  static TransferQrCode of(TransferCode digits) {
    return new TransferQrCode(NumericQrCode.of(digits.shown()));
  }

  /** Rows of {@code 0} and {@code 1}, without a margin, for a page that draws it. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int y = 0; y < code.size(); y++) {
      StringBuilder row = new StringBuilder(code.size());
      for (int x = 0; x < code.size(); x++) {
        row.append(code.isDark(x, y) ? '1' : '0');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  /**
   * Lines for a terminal with light letters on a dark ground, two rows of modules in each: what is
   * written is light.
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    int end = code.size() + MARGIN;
    for (int y = -MARGIN; y < end; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -MARGIN; x < end; x++) {
        boolean upper = light(x, y);
        boolean lower = light(x, y + 1);
        line.append(upper ? lower ? '\u2588' : '\u2580' : lower ? '\u2584' : ' ');
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Outside of the code all is light. */
  private boolean light(int x, int y) {
    return !code.isDark(x, y);
  }
}
