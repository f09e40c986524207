package org.hikae.device.sheet;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.List;

/**
 * A few digits and nothing else as a QR code, in numeric mode: version 1, 21 modules wide, of which
 * some 15 in a hundred may be unreadable.
 */
public final class NumericQrCode {

  private final QrCode code;

  private NumericQrCode(QrCode code) {
    this.code = code;
  }

  /** That of decimal digits, at most 34. */
  public static NumericQrCode of(String digits) {
    return new NumericQrCode(
        QrCode.encodeSegments(
            List.of(QrSegment.makeNumeric(digits)), QrCode.Ecc.MEDIUM, 1, 1, -1, true));
  }

  /** Modules on each side, without a margin. */
  public int size() {
    return code.size;
  }

  /** Whether a module is dark; outside of the code all is light. */
  public boolean isDark(int x, int y) {
    return code.getModule(x, y);
  }
}
