package org.hikae.caller.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Headers of an answer as text: a line each, which no value of a header can break. */
public final class RecordedHeaders {

  private static final String COLON = ": ";

  private RecordedHeaders() {}

  /** As lines, by name. */
  public static String write(Map<String, String> headers) {
    return new TreeMap<>(headers)
        .entrySet().stream()
            .map(header -> header.getKey() + COLON + header.getValue().replaceAll("[\r\n]", " "))
            .collect(Collectors.joining("\n"));
  }

  /** From lines. */
  public static Map<String, String> read(String lines) {
    return lines
        .lines()
        .map(line -> line.split(COLON, 2))
        .filter(header -> header.length == 2)
        .collect(Collectors.toMap(header -> header[0], header -> header[1]));
  }
}
