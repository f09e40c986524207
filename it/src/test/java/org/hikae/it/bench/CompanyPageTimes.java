package org.hikae.it.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * How long the server takes for the pages of a large company: first shown, filtered, sorted, paged.
 * Each is asked once a second by every one of 20 administrators with a session of their own, for
 * ten seconds; after that processor time for one of them is known, of portal and database.
 */
final class CompanyPageTimes {

  private static final int ADMINS = 20;
  private static final int WARMING = 3;
  private static final int MOST_ROUNDS = 12;
  private static final double STEADY = 0.95;
  private static final Duration SPAN = Duration.ofSeconds(10);

  /** After so long a session renews its token; {@code accessTokenLifespan} of the realm. */
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  private static final Map<String, String> SECOND_PAGE =
      Map.of(
          "pagination",
          "true",
          "first",
          "25",
          "rows",
          "25",
          "skipChildren",
          "true",
          "encodeFeature",
          "true");

  private final Stack stack;
  private final TestAccount admin;
  private final List<PageClient> admins = new ArrayList<>();

  /** What an administrator asks again and again. */
  private record View(String name, String path, String table, Map<String, String> feature) {

    static View page(String name, String path) {
      return new View(name, path, "", Map.of());
    }

    static View paged(String name, String path, String table) {
      return new View(name, path, table, SECOND_PAGE);
    }

    static View sorted(String name, String path, String table, String column) {
      return new View(
          name,
          path,
          table,
          Map.of(
              "sorting",
              "true",
              "sortKey",
              table + ":" + column,
              "sortDir",
              "-1",
              "skipChildren",
              "true",
              "encodeFeature",
              "true"));
    }

    /** One request of it; what has to be there before is asked now. */
    Callable<Integer> by(PageClient visitor) throws Exception {
      if (table.isEmpty()) {
        return () -> visitor.open(path).html().length();
      }
      PageClient.Page page = visitor.open(path);
      return () -> visitor.table(page, table, feature).length();
    }
  }

  private static List<View> views() {
    // A bare address brings back what the visit before looked for.
    String employees = "/admin/employees?all=1";
    String devices = "/admin/devices?all=1";
    return List.of(
        View.page("overview", "/admin/overview"),
        View.page("employees, first shown", employees),
        View.page("employees, filtered", "/admin/employees?optIn=PENDING"),
        View.page("employees, found by text", "/admin/employees?text=large-77"),
        View.paged("employees, paged", employees, "list:table"),
        View.sorted("employees, sorted", employees, "list:table", "stored"),
        View.page("an employee", "/admin/employee?id=4711"),
        View.page("devices, first shown", devices),
        View.page("devices, filtered", "/admin/devices?age=STALE"),
        View.page("a device", "/admin/device?id=cd93f7fc1c6775ce1b66934338c47d86"),
        View.page("rollout", "/admin/rollout"),
        View.page("a campaign of 100,000", "/admin/campaign?id=1"),
        View.page("a wave of 100,000", "/admin/wave?campaign=1&waveId=1"),
        View.page("policies", "/admin/policies"),
        View.page("a policy", "/admin/policy?of=group/company/department-7"),
        View.page("approvals", "/admin/approvals"),
        View.page("consent texts", "/admin/consent-texts"),
        View.page("leavers", "/admin/leavers"),
        View.page("legal holds", "/admin/holds"),
        View.page("notices", "/admin/notices"),
        View.page("system", "/admin/system"),
        View.page("audit, first shown", "/admin/audit"),
        View.page("audit, filtered", "/admin/audit?action=policy.put"),
        View.page("what IT can see", "/privacy"));
  }

  CompanyPageTimes(TestCompany company) throws Exception {
    stack = company.stack();
    admin = company.people().named("admin");
  }

  void measure() throws Exception {
    signIn();
    warmUp();
    System.out.printf(
        Locale.ROOT,
        "%-30s %10s %10s %10s %10s %10s %10s%n",
        "page",
        "alone ms",
        "p50 ms",
        "p95 ms",
        "portal ms",
        "database",
        "KB");
    for (View view : views()) {
      List<Callable<Integer>> asks = asks(view);
      int length = asks.getFirst().call();
      List<Double> alone = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        alone.add(timed(asks.getFirst()));
      }
      double portal = BenchmarkStatistics.processorSeconds(stack.portalPid());
      double database = BenchmarkStatistics.databaseSeconds(stack);
      List<Double> together = together(asks);
      System.out.printf(
          Locale.ROOT,
          "%-30s %10.0f %10.0f %10.0f %10.0f %10.0f %10.1f%n",
          view.name(),
          BenchmarkStatistics.median(alone),
          BenchmarkStatistics.quantile(together, 0.5),
          BenchmarkStatistics.quantile(together, 0.95),
          1000
              * (BenchmarkStatistics.processorSeconds(stack.portalPid()) - portal)
              / together.size(),
          1000 * (BenchmarkStatistics.databaseSeconds(stack) - database) / together.size(),
          length / 1e3);
    }
  }

  private List<Callable<Integer>> asks(View view) throws Exception {
    List<Callable<Integer>> asks = new ArrayList<>();
    for (PageClient visitor : admins) {
      asks.add(view.by(visitor));
    }
    return asks;
  }

  /**
   * Signs in one after the other over the life of a token, each while those before work. People who
   * come at different times renew their tokens at different times, and not all in one second.
   */
  private void signIn() throws Exception {
    long start = System.nanoTime();
    for (int i = 1; i <= ADMINS; i++) {
      admins.add(PageClient.signedIn(stack, admin));
      while (System.nanoTime() - start < TOKEN_LIFE.toNanos() * i / ADMINS) {
        askForEverything();
      }
    }
    System.out.println(ADMINS + " administrators signed in over " + TOKEN_LIFE);
  }

  private void askForEverything() throws Exception {
    for (View view : views()) {
      for (Callable<Integer> ask : asks(view)) {
        ask.call();
      }
    }
  }

  /**
   * Brings the portal to where some days of work bring it: asks for everything until that needs
   * hardly less processor time than the time before, because its compiler has done its work.
   */
  private void warmUp() throws Exception {
    double before = Double.MAX_VALUE;
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      double start = BenchmarkStatistics.processorSeconds(stack.portalPid());
      askForEverything();
      double needed = BenchmarkStatistics.processorSeconds(stack.portalPid()) - start;
      System.out.printf(Locale.ROOT, "warming, round %d: portal %.1f s%n", round, needed);
      if (round >= WARMING && needed > STEADY * before) {
        return;
      }
      before = needed;
    }
  }

  private static List<Double> together(List<Callable<Integer>> asks) throws Exception {
    List<Double> all = Collections.synchronizedList(new ArrayList<>());
    long until = System.nanoTime() + SPAN.toNanos();
    try (ExecutorService pool = Executors.newFixedThreadPool(ADMINS)) {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < asks.size(); i++) {
        Callable<Integer> ask = asks.get(i);
        long first = i * 1000L / ADMINS;
        asking.add(
            pool.submit(
                () -> {
                  TimeUnit.MILLISECONDS.sleep(first);
                  while (System.nanoTime() < until) {
                    double millis = timed(ask);
                    all.add(millis);
                    TimeUnit.MILLISECONDS.sleep(Math.max(0, 1000 - Math.round(millis)));
                  }
                  return null;
                }));
      }
      for (Future<?> one : asking) {
        one.get();
      }
    }
    return all;
  }

  private static double timed(Callable<Integer> ask) throws Exception {
    long start = System.nanoTime();
    ask.call();
    return BenchmarkStatistics.seconds(start) * 1000;
  }
}
