package org.hikae.device.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * The 64-digit key (spec HK1-K-06 to HK1-K-08): four rows of sixteen digits, each of fifteen random
 * digits and a check digit. Any single wrong digit, any two neighbours swapped and any row in the
 * wrong place are found, and the row is named. Entropy: 199 bits.
 *
 * <p>It is shown once and never sent anywhere; {@link #toString} shows nothing.
 */
public final class DigitKey implements AutoCloseable {

  /** Number of rows. */
  public static final int ROWS = 4;

  /** Digits of a row, the check digit included. */
  public static final int ROW_DIGITS = 16;

  /** All digits. */
  public static final int DIGITS = ROWS * ROW_DIGITS;

  private static final int GROUP_DIGITS = 4;

  private final SecretBytes digits;

  private DigitKey(SecretBytes digits) {
    this.digits = digits;
  }

  /** Draws a new key. */
  public static DigitKey generate(SecureRandom random) {
    byte[] ascii = new byte[DIGITS];
    for (int row = 1; row <= ROWS; row++) {
      int interim = row;
      int at = (row - 1) * ROW_DIGITS;
      for (int i = 0; i < ROW_DIGITS - 1; i++) {
        int digit = random.nextInt(10);
        interim = DammCheckDigit.step(interim, digit);
        ascii[at + i] = (byte) ('0' + digit);
      }
      ascii[at + ROW_DIGITS - 1] = (byte) ('0' + interim);
    }
    return new DigitKey(SecretBytes.take(ascii));
  }

  /**
   * Reads what a person typed: decimal digits of any script, with blanks, line ends and hyphens
   * anywhere.
   *
   * @throws DigitKeyException when it is not 64 digits, or naming the row that is mistyped
   */
  public static DigitKey parse(CharSequence typed) throws DigitKeyException {
    byte[] ascii = DigitParser.read(typed, DIGITS);
    List<Integer> wrong = new ArrayList<>();
    for (int row = 1; row <= ROWS; row++) {
      int at = (row - 1) * ROW_DIGITS;
      if (!DammCheckDigit.holds(row, ascii, at, ROW_DIGITS)) {
        wrong.add(row);
      }
    }
    if (!wrong.isEmpty()) {
      Arrays.fill(ascii, (byte) 0);
      throw DigitKeyException.wrongRows(wrong);
    }
    return new DigitKey(SecretBytes.take(ascii));
  }

  /**
   * Whether a person typed this row back correctly.
   *
   * @param row 1 to 4
   */
  public boolean rowIs(int row, CharSequence typed) {
    byte[] ascii;
    try {
      ascii = DigitParser.read(typed, ROW_DIGITS);
    } catch (DigitKeyException e) {
      return false;
    }
    byte[] own = digits.expose();
    try (SecretBytes mine =
            SecretBytes.take(Arrays.copyOfRange(own, (row - 1) * ROW_DIGITS, row * ROW_DIGITS));
        SecretBytes theirs = SecretBytes.take(ascii)) {
      return mine.equals(theirs);
    } finally {
      Arrays.fill(own, (byte) 0);
    }
  }

  /** The secret of the wrap: the 64 digits in ASCII. The caller closes it. */
  public SecretBytes secret() {
    return digits.copy();
  }

  /** The four rows for showing, each as four groups of four digits. A secret. */
  public List<String> rows() {
    byte[] own = digits.expose();
    List<String> rows = new ArrayList<>(ROWS);
    for (int row = 0; row < ROWS; row++) {
      StringBuilder shown = new StringBuilder(ROW_DIGITS + ROW_DIGITS / GROUP_DIGITS);
      for (int at = 0; at < ROW_DIGITS; at += GROUP_DIGITS) {
        shown.append(at == 0 ? "" : " ");
        shown.append(
            new String(own, row * ROW_DIGITS + at, GROUP_DIGITS, StandardCharsets.US_ASCII));
      }
      rows.add(shown.toString());
    }
    Arrays.fill(own, (byte) 0);
    return List.copyOf(rows);
  }

  @Override
  public void close() {
    digits.close();
  }

  @Override
  public String toString() {
    return "DigitKey(REDACTED)";
  }
}
