package org.hikae.device.search;

import java.util.Arrays;

/** A part that names are looked through for, folded as they are. */
final class NameQuery {

  private final byte[] part;

  /** How far the search may go on, by the last byte that it has looked at (Horspool). */
  private final int[] shift = new int[256];

  /**
   * Looks for a part.
   *
   * @param raw of a name, not empty
   */
  NameQuery(byte[] raw) {
    part = FoldedName.of(raw);
    Arrays.fill(shift, part.length);
    for (int i = 0; i < part.length - 1; i++) {
      shift[part[i] & 0xff] = part.length - 1 - i;
    }
  }

  /**
   * Where the part stands first at or after a place; -1 when nowhere. Most bytes are passed over.
   */
  int indexIn(byte[] text, int from) {
    int length = part.length;
    int at = from;
    while (at <= text.length - length) {
      int i = length - 1;
      while (i >= 0 && text[at + i] == part[i]) {
        i--;
      }
      if (i < 0) {
        return at;
      }
      at += shift[text[at + length - 1] & 0xff];
    }
    return -1;
  }
}
