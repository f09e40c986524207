package org.hikae.vault.database;

/** What every store takes; a caller that gives it something else has a defect. */
final class StoreLimits {

  /** The longest account or sealed secret: what H2 keeps in one row. */
  static final int MAX_VALUE_BYTES = 1 << 20;

  /** The longest note. */
  static final int MAX_NOTE_BYTES = 64 << 20;

  /** The longest name of a note. */
  static final int MAX_NAME = 64;

  private StoreLimits() {}

  static byte[] requireValue(byte[] value) {
    return requireAtMost("value", value, MAX_VALUE_BYTES);
  }

  static byte[] requireNote(byte[] content) {
    return requireAtMost("note", content, MAX_NOTE_BYTES);
  }

  private static byte[] requireAtMost(String what, byte[] bytes, int most) {
    if (bytes.length > most) {
      throw new IllegalArgumentException(
          "a " + what + " has at most " + most + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  static String requireName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("a note's name has 1 to " + MAX_NAME + " characters");
    }
    return name;
  }

  static int requireLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit must not be negative, but is " + limit);
    }
    return limit;
  }

  /** The next row's number, when it is one. */
  static long requireHigher(long seq, long highest) {
    if (seq <= highest) {
      throw new IllegalStateException(
          "row " + seq + " cannot be appended: the ledger is at row " + highest);
    }
    return seq;
  }
}
