package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PortalLog;
import org.hikae.it.stack.Stack;

/** What became of many requests, for each caller, and a table of it. */
final class ResponseTally {

  private static final String ROW = "%n%-16s %9s %7s %7s %7s %7s %7s %7s %7s %11s";

  /** What an operation may say for a while, and then says when to come back. */
  private static final Set<String> FOR_A_WHILE = Set.of("busy", "vault-unavailable");

  private final Map<String, Row> rows = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> traces = new ArrayList<>();

  /** Of one caller. */
  private static final class Row {

    private final Map<Integer, Integer> byStatus = new TreeMap<>();
    private int later;
    private long slowest;

    void add(int status, boolean forAWhile, long nanos) {
      byStatus.merge(status, 1, Integer::sum);
      later += forAWhile ? 1 : 0;
      slowest = Math.max(slowest, nanos);
    }

    void addAll(Row other) {
      other.byStatus.forEach((status, count) -> byStatus.merge(status, count, Integer::sum));
      later += other.later;
      slowest = Math.max(slowest, other.slowest);
    }

    /** Answers from one status to another. */
    private int between(int first, int last) {
      return byStatus.entrySet().stream()
          .filter(one -> one.getKey() >= first && one.getKey() <= last)
          .mapToInt(Map.Entry::getValue)
          .sum();
    }

    void print(Formatter to, String who) {
      to.format(
          ROW,
          who,
          between(0, Integer.MAX_VALUE),
          between(200, 299),
          between(300, 399),
          between(400, 499),
          between(404, 404),
          between(429, 429),
          later,
          between(500, Integer.MAX_VALUE) - later,
          slowest / 1_000_000);
    }
  }

  /**
   * Counts a request.
   *
   * @param began when it was sent, of {@link System#nanoTime}
   * @param what it was, for whoever has to mend what is wrong
   */
  void add(String who, long began, String what, ApiReply reply) {
    long took = System.nanoTime() - began;
    boolean forAWhile = reply.status() == 503 && FOR_A_WHILE.contains(reply.code());
    rows.computeIfAbsent(who, _ -> new Row()).add(reply.status(), forAWhile, took);
    reply.headers().firstValue(PortalLog.REQUEST).ifPresent(ids::add);
    if (reply.status() >= 500 && !forAWhile) {
      faults.add(what + " -> " + reply);
    }
  }

  /** Takes over what another one counted, and fails when that has an error or left a trace. */
  void take(ResponseTally other, Stack stack) throws IOException {
    List<String> found = PortalLog.traces(stack, other.ids);
    other.rows.forEach((who, row) -> rows.computeIfAbsent(who, _ -> new Row()).addAll(row));
    faults.addAll(other.faults);
    traces.addAll(found);
    assertThat(other.faults).isEmpty();
    int all = other.rows.values().stream().mapToInt(row -> row.between(0, 999)).sum();
    int limited = other.rows.values().stream().mapToInt(row -> row.between(429, 429)).sum();
    assertThat(limited)
        .as("refused before they were looked at, of %s", all)
        .isLessThan(1 + all / 50);
    assertThat(found).as("stack traces").isEmpty();
  }

  /** The table: "later" is 503 with the time to come back, which both busy and vault may say. */
  String table(String title) {
    Row all = new Row();
    StringBuilder table = new StringBuilder(title);
    try (Formatter to = new Formatter(table, Locale.ROOT)) {
      to.format(
          ROW,
          "caller",
          "requests",
          "2xx",
          "3xx",
          "4xx",
          "404",
          "429",
          "later",
          ">= 500",
          "slowest, ms");
      rows.forEach(
          (who, row) -> {
            row.print(to, who);
            all.addAll(row);
          });
      all.print(to, "all");
      to.format("%nstack traces in the log: %d", traces.size());
    }
    return table.toString();
  }
}
