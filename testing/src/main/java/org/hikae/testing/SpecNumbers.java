package org.hikae.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers that code and specification share, from {@code docs/spec/numbers.tsv}. A test of the
 * code that has them compares a whole group, so that neither side can have one more than the other.
 */
public final class SpecNumbers {

  private static final int COLUMNS = 4;

  private SpecNumbers() {}

  /** The numbers of a group by their names. */
  public static Map<String, Long> of(String group) {
    Map<String, Long> numbers = new TreeMap<>();
    for (String line : lines()) {
      String[] columns = line.split("\t", -1);
      if (columns.length != COLUMNS) {
        throw new IllegalStateException("A line of numbers.tsv has not four columns: " + line);
      }
      if (columns[0].equals(group) && numbers.put(columns[1], Long.valueOf(columns[2])) != null) {
        throw new IllegalStateException(group + " has " + columns[1] + " twice");
      }
    }
    return numbers;
  }

  private static List<String> lines() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path file = folder.resolve("docs/spec/numbers.tsv");
      if (Files.exists(file)) {
        try {
          return Files.readAllLines(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException("docs/spec/numbers.tsv is not there");
  }
}
