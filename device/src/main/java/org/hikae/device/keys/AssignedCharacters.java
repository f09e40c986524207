package org.hikae.device.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Objects;

/**
 * The code points that are assigned in Unicode 14.0 (spec HK1-K-17). Normalising text of them gives
 * the same bytes with the tables of that version and of every later one, so a password of them can
 * be entered wherever these tables are. What this Java knows beyond them may be unknown elsewhere.
 */
final class AssignedCharacters {

  private static final BitSet ASSIGNED = read();

  private AssignedCharacters() {}

  static boolean contains(int codePoint) {
    return ASSIGNED.get(codePoint);
  }

  private static BitSet read() {
    BitSet assigned = new BitSet(Character.MAX_CODE_POINT + 1);
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    AssignedCharacters.class.getResourceAsStream("assigned.txt")),
                StandardCharsets.US_ASCII))) {
      in.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int dots = line.indexOf("..");
                int first = Integer.parseInt(line, 0, dots, 16);
                int last = Integer.parseInt(line, dots + 2, line.length(), 16);
                assigned.set(first, last + 1);
              });
      return assigned;
    } catch (IOException e) {
      throw new UncheckedIOException("the list of characters is missing from the jar", e);
    }
  }
}
