package org.hikae.transparency.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tables of test vectors that others published; their README names source and licence. */
public final class PublishedVectors {

  private PublishedVectors() {}

  /** The rows of a table, each by the names of its columns. */
  public static List<Map<String, String>> rows(String file) {
    List<String> lines = text(file).lines().toList();
    String[] columns = lines.getFirst().split("\t", -1);
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] cells = line.split("\t", -1);
              Map<String, String> row = new LinkedHashMap<>();
              for (int i = 0; i < columns.length; i++) {
                row.put(columns[i], cells[i]);
              }
              return row;
            })
        .toList();
  }

  /** A cell of the row whose first cell is this. */
  public static String cell(String file, String first, String column) {
    return rows(file).stream()
        .filter(row -> row.values().iterator().next().equals(first))
        .map(row -> Objects.requireNonNull(row.get(column)))
        .findFirst()
        .orElseThrow();
  }

  /** What stands in a list between commas, as bytes; a list without anything is a dash. */
  public static List<byte[]> base64(String list) {
    return list.equals("-")
        ? List.of()
        : Arrays.stream(list.split(",", -1)).map(Base64.getDecoder()::decode).toList();
  }

  /** Text whose ends of lines are written as two characters. */
  public static String unescaped(String text) {
    return text.replace("\\n", "\n");
  }

  private static String text(String file) {
    String path = "/transparency/" + file;
    try (InputStream in = PublishedVectors.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
