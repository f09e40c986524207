package org.hikae.device.transfer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.DigitKeyException;
import org.hikae.device.keys.DigitParser;

/**
 * Six digits that a person reads from the new device and types on the old one (spec HK1-T-03). Good
 * for three tries of one transfer.
 */
public final class TransferCode implements AutoCloseable {

  /** How many digits. */
  public static final int DIGITS = 6;

  private static final int CODES = 1_000_000;

  private final SecretBytes digits;

  private TransferCode(SecretBytes digits) {
    this.digits = digits;
  }

  /** Draws one; each is as likely as any other. */
  public static TransferCode draw(SecureRandom random) {
    String text = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
    return new TransferCode(SecretBytes.take(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Reads what a person typed, in digits of any script; nothing when it is no such code. */
  public static Optional<TransferCode> parse(CharSequence typed) {
    try {
      return Optional.of(new TransferCode(SecretBytes.take(DigitParser.read(typed, DIGITS))));
    } catch (DigitKeyException e) {
      return Optional.empty();
    }
  }

  /** The six digits in ASCII; the caller closes it. */
  SecretBytes secret() {
    return digits.copy();
  }

  /** For the person, who has to see it. */
  public String shown() {
    byte[] ascii = digits.expose();
    try {
      return new String(ascii, StandardCharsets.US_ASCII);
    } finally {
      Arrays.fill(ascii, (byte) 0);
    }
  }

  @Override
  public void close() {
    digits.close();
  }

  @Override
  public String toString() {
    return "TransferCode(REDACTED)";
  }
}
