package org.hikae.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How figures are taken. */
final class Figures {

  private Figures() {}

  /** Seconds since a {@link System#nanoTime}. */
  static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** The one in the middle, or between the two. */
  static double median(List<Double> of) {
    List<Double> sorted = new ArrayList<>(of);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** The smallest of them that is not below this share of all. */
  static double quantile(List<Double> of, double share) {
    List<Double> sorted = new ArrayList<>(of);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
  }

  /** The machine's load averages over 1, 5 and 15 minutes. */
  static String load() throws IOException {
    return String.join(
        " ", List.of(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)).subList(0, 3));
  }
}
