package org.hikae.it.pages.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.hikae.it.pages.browser.Browser;

/**
 * What each task cost the person at a page: clicks, keys that are no text, characters, and seconds.
 * The page itself counts, what it is given by a person only, and a minute's wait is the person's.
 */
final class WindowTaskTally {

  private static final String COUNT =
      """
      window.tally ??= (() => {
        const tally = { clicks: 0, keys: 0, characters: 0 };
        // A click without a place is a key's.
        addEventListener('click', (event) => {
          if (event.isTrusted && event.detail > 0) tally.clicks++;
        }, true);
        addEventListener('keydown', (event) => {
          if (!event.isTrusted) return;
          const typed = event.key.length === 1 && event.target.matches('input:not([type=checkbox])');
          if (typed) tally.characters++; else tally.keys++;
        }, true);
        return tally;
      })();
      return [tally.clicks, tally.keys, tally.characters];
      """;

  private final List<TaskRow> rows = new ArrayList<>();

  /** A task that was done. */
  private record TaskRow(String name, long clicks, long keys, long characters, long millis) {}

  /** Something that a person does. */
  @FunctionalInterface
  interface Task {
    /** Does it. */
    void run() throws Exception;
  }

  /** Has a task done, in a page that stays. */
  void task(String name, Browser browser, Task task) throws Exception {
    long began = System.nanoTime();
    List<Long> before = counts(browser);
    task.run();
    List<Long> after = counts(browser);
    rows.add(
        new TaskRow(
            name,
            after.get(0) - before.get(0),
            after.get(1) - before.get(1),
            after.get(2) - before.get(2),
            (System.nanoTime() - began) / 1_000_000));
  }

  private static List<Long> counts(Browser browser) {
    return ((List<?>) Objects.requireNonNull(browser.script(COUNT)))
        .stream().map(one -> ((Number) one).longValue()).toList();
  }

  /** Most clicks and keys together that any task took. */
  long most() {
    return rows.stream().mapToLong(row -> row.clicks() + row.keys()).max().orElse(0);
  }

  /** The table. */
  String table() {
    StringBuilder table = new StringBuilder("| task | clicks | keys | characters | seconds |\n");
    table.append("|---|---|---|---|---|\n");
    rows.forEach(
        row ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f |%n",
                    row.name(),
                    row.clicks(),
                    row.keys(),
                    row.characters(),
                    row.millis() / 1000.0)));
    return table.toString();
  }
}
