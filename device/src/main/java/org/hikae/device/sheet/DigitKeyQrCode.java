package org.hikae.device.sheet;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.DigitKey;

/**
 * The QR code of the 64 digits and nothing else, in numeric mode: version 3 with a quarter of it
 * repairable, 29 modules wide.
 */
final class DigitKeyQrCode {

  private final QrCode code;

  private DigitKeyQrCode(QrCode code) {
    this.code = code;
  }

  static DigitKeyQrCode of(DigitKey key) {
    try (SecretBytes secret = key.secret()) {
      byte[] ascii = secret.expose();
      CharBuffer digits = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(ascii));
      try {
        return new DigitKeyQrCode(
            QrCode.encodeSegments(
                List.of(QrSegment.makeNumeric(digits)), QrCode.Ecc.QUARTILE, 3, 3, -1, false));
      } finally {
        Arrays.fill(ascii, (byte) 0);
        Arrays.fill(digits.array(), '\0');
      }
    }
  }

  int size() {
    return code.size;
  }

  boolean dark(int x, int y) {
    return code.getModule(x, y);
  }
}
