package org.hikae.it.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hikae.it.stack.Stack;

/** How figures are taken. */
final class BenchmarkStatistics {

  private static final int OWN = 11;
  private static final int OF_ENDED_CHILDREN = 13;

  private BenchmarkStatistics() {}

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

  /** Processor seconds of PostgreSQL, those of its processes that have ended among them. */
  static double databaseSeconds(Stack stack) throws IOException {
    long postmaster = BackupBenchmarkStack.postgres(stack);
    double all =
        processorSeconds(postmaster, OWN) + processorSeconds(postmaster, OF_ENDED_CHILDREN);
    for (ProcessHandle child : ProcessHandle.of(postmaster).orElseThrow().descendants().toList()) {
      all += processorSeconds(child.pid());
    }
    return all;
  }

  /**
   * Processor seconds of a JVM's optimising compiler; what threads that ended took is not in it.
   */
  static double compilerSeconds(long pid) throws IOException {
    double all = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).startsWith("C2 ")) {
          all += processorSeconds(thread.resolve("stat"), OWN);
        }
      }
    }
    return all;
  }

  /** Processor seconds of a process; 0 when it has ended. */
  static double processorSeconds(long pid) throws IOException {
    return processorSeconds(pid, OWN);
  }

  private static double processorSeconds(long pid, int field) throws IOException {
    return processorSeconds(Path.of("/proc/" + pid + "/stat"), field);
  }

  /** As user and in the kernel, from two fields of proc(5)'s stat that follow each other. */
  private static double processorSeconds(Path stat, int field) throws IOException {
    if (!Files.exists(stat)) {
      return 0;
    }
    String text = Files.readString(stat);
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / 100.0;
  }
}
