package org.hikae.device.search;

import java.nio.charset.StandardCharsets;

/** A part that names are looked through for, folded as they are. */
final class NameQuery {

  private final String part;

  /**
   * Looks for a part.
   *
   * @param raw of a name, not empty
   */
  NameQuery(byte[] raw) {
    part = new String(FoldedName.of(raw), StandardCharsets.ISO_8859_1);
  }

  /**
   * Where the part stands first at or after a place; -1 when nowhere.
   *
   * @param text folded names, a character for each byte
   */
  int indexIn(String text, int from) {
    return text.indexOf(part, from);
  }
}
