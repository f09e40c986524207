package org.hikae.device.keys;

/**
 * H. M. Damm's check digit over a totally anti-symmetric quasigroup of order 10. Starting it from
 * another interim digit than 0 makes a row valid in its own place only.
 */
final class DammCheckDigit {

  private static final byte[][] TABLE = {
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
  };

  private DammCheckDigit() {}

  /** The next interim digit; after the last data digit it is the check digit. */
  static int step(int interim, int digit) {
    return TABLE[interim][digit];
  }

  /** Whether the ASCII digits end in their check digit. */
  static boolean holds(int start, byte[] ascii, int from, int count) {
    int interim = start;
    for (int i = from; i < from + count; i++) {
      interim = step(interim, ascii[i] - '0');
    }
    // The diagonal is zero: a right check digit brings the interim digit to 0.
    return interim == 0;
  }
}
