package org.hikae.it.http;

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
import org.hikae.it.caller.PortalLog;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Stack;

/** What became of many requests, for each caller, and a table of it. */
final class Tally {

  private static final String ROW = "%n%-16s %9s %7s %11s";

  /** What an operation may say for a while, and then says when to come back. */
  private static final Set<String> FOR_A_WHILE = Set.of("busy", "vault-unavailable");

  private final Map<String, Row> rows = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  private static final class Row {
    private int requests;
    private int errors;
    private long slowest;

    void add(int more, int wrong, long nanos) {
      requests += more;
      errors += wrong;
      slowest = Math.max(slowest, nanos);
    }

    void print(Formatter to, String who) {
      to.format(ROW, who, requests, errors, slowest / 1_000_000);
    }
  }

  /**
   * Counts a request.
   *
   * @param began when it was sent, of {@link System#nanoTime}
   * @param what it was, for whoever has to mend what is wrong
   */
  void add(String who, long began, String what, Reply reply) {
    long took = System.nanoTime() - began;
    boolean error = reply.status() >= 500 && !FOR_A_WHILE.contains(reply.code());
    rows.computeIfAbsent(who, _ -> new Row()).add(1, error ? 1 : 0, took);
    reply.headers().firstValue(PortalLog.REQUEST).ifPresent(ids::add);
    if (error) {
      faults.add(what + " -> " + reply);
    }
  }

  /** Prints the table, and fails unless every answer was below 500 and none left a stack trace. */
  void requireNoErrors(Stack stack, String where) throws IOException {
    List<String> traces = PortalLog.traces(stack, ids);
    Row all = new Row();
    StringBuilder table = new StringBuilder(where);
    try (Formatter to = new Formatter(table, Locale.ROOT)) {
      to.format(ROW, "caller", "requests", ">= 500", "slowest, ms");
      rows.forEach(
          (who, row) -> {
            row.print(to, who);
            all.add(row.requests, row.errors, row.slowest);
          });
      all.print(to, "all");
      to.format("%nstack traces in the log: %d", traces.size());
    }
    System.out.println(table);
    assertThat(faults).as(where).isEmpty();
    assertThat(traces).as(where).isEmpty();
  }
}
