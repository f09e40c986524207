package org.hikae.it.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench portal --company}: what administrators of a large company wait for, on PostgreSQL.
 * Argument: number of events in the audit trail.
 */
public final class CompanyBenchmark {

  private static final int ADMINS = 20;
  private static final int SECONDS = 10;
  private static final int DEVICES_AT_ONCE = 20;
  private static final int EXPORTED = 100_000;

  private final TestCompany company;
  private ApiClient admin;

  private CompanyBenchmark(TestCompany company) throws IOException, InterruptedException {
    this.company = company;
    this.admin = company.admin();
  }

  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[0]);
    System.setProperty(Stack.ADMIN_REQUESTS, "0");
    TestCompany company = CompanyBenchmarkStack.found();
    long start = System.nanoTime();
    LargeCompany.fill(company.stack().db(), events);
    print(
        "%d employees, %d devices, %d events made in %.0f s",
        LargeCompany.EMPLOYEES, LargeCompany.DEVICES, events, BenchmarkStatistics.seconds(start));
    new CompanyPageTimes(company).measure();
    new CompanyBenchmark(company).lists();
    new CompanyBenchmark(company).preview();
    new CompanyBenchmark(company).statusCalls();
    new CompanyBenchmark(company).export();
    new CompanyBenchmark(company).verification();
    System.exit(0);
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  private static Map<String, String> operations() {
    String employees = "/v1/admin/employees";
    String audit = "/v1/admin/audit";
    Instant year = Instant.now().minus(Duration.ofDays(365));
    Instant week = Instant.now().minus(Duration.ofDays(7));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("employees by name", employees);
    all.put("employees found by text", employees + "?search=large-77");
    all.put("employees by devices", employees + "?sort=DEVICES&descending=true");
    all.put("employees by last run", employees + "?sort=LAST_RUN&descending=true");
    all.put("employees by last backup", employees + "?sort=LAST_BACKUP");
    all.put("employees by stored bytes", employees + "?sort=STORED_BYTES&descending=true");
    all.put("employees opted in", employees + "?optIn=OPTED_IN");
    all.put("employees whose network failed", employees + "?lastRun=NETWORK");
    all.put("devices, furthest behind", "/v1/admin/devices");
    all.put("devices active, a week old", "/v1/admin/devices?state=ACTIVE&backupBefore=" + week);
    all.put("devices, newest backup", "/v1/admin/devices?descending=true");
    all.put("an employee", employees + "/4711");
    all.put("overview", "/v1/admin/overview");
    all.put("storage", "/v1/admin/storage");
    all.put("jobs", "/v1/admin/jobs");
    all.put("audit, newest", audit);
    all.put("audit of an actor", audit + "?actor=large-4711");
    all.put("audit about an employee", audit + "?employee=4711");
    all.put("audit of an action", audit + "?action=policy.put");
    all.put("audit before a year", audit + "?until=" + year);
    all.put("audit of actor and action", audit + "?actor=large-4711&action=vault.attempt");
    all.put("policies", "/v1/admin/policies");
    all.put("approvals", "/v1/admin/approvals");
    all.put("offers", "/v1/admin/rollout/offers");
    all.put("campaigns", "/v1/admin/rollout/campaigns");
    all.put("leavers", "/v1/admin/leavers");
    all.put("legal holds", "/v1/admin/legal-holds");
    all.put("consent texts", "/v1/admin/consent-texts");
    all.put("rotten objects", "/v1/admin/rotten-objects");
    return all;
  }

  /** Each operation by 20 administrators, each of whom asks once a second; then without a pause. */
  private void lists() throws Exception {
    print("%-30s %10s %10s %10s %12s", "list", "alone ms", "p50 ms", "p95 ms", "busy p95 ms");
    for (Map.Entry<String, String> operation : operations().entrySet()) {
      String path = operation.getValue();
      // A token lasts five minutes.
      admin = company.admin();
      for (int i = 0; i < 5; i++) {
        require(admin.get(path));
      }
      List<Double> alone = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        alone.add(timed(path));
      }
      List<Double> calm = together(path, Duration.ofSeconds(1));
      List<Double> busy = together(path, Duration.ZERO);
      print(
          "%-30s %10.0f %10.0f %10.0f %12.0f",
          operation.getKey(),
          BenchmarkStatistics.median(alone),
          BenchmarkStatistics.quantile(calm, 0.5),
          BenchmarkStatistics.quantile(calm, 0.95),
          BenchmarkStatistics.quantile(busy, 0.95));
    }
  }

  private List<Double> together(String path, Duration pause) throws Exception {
    List<Double> all = Collections.synchronizedList(new ArrayList<>());
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (ExecutorService pool = Executors.newFixedThreadPool(ADMINS)) {
      List<Future<?>> asking = new ArrayList<>();
      for (int i = 0; i < ADMINS; i++) {
        long first = i * pause.toNanos() / ADMINS;
        asking.add(
            pool.submit(
                () -> {
                  TimeUnit.NANOSECONDS.sleep(first);
                  while (System.nanoTime() < until) {
                    double millis = timed(path);
                    all.add(millis);
                    long rest = pause.toMillis() - Math.round(millis);
                    if (rest > 0) {
                      TimeUnit.MILLISECONDS.sleep(rest);
                    }
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

  private double timed(String path) {
    long start = System.nanoTime();
    require(admin.get(path));
    return BenchmarkStatistics.seconds(start) * 1000;
  }

  private static void require(ApiReply reply) {
    if (reply.status() != 200) {
      throw new IllegalStateException(reply.toString());
    }
  }

  /** Who would be in a wave of everybody. */
  private void preview() throws Exception {
    ApiReply campaign =
        admin.json(
            "POST",
            "/v1/admin/rollout/campaigns",
            Map.of("name", "Everybody", "description", "", "gates", List.of()));
    String previews =
        "/v1/admin/rollout/campaigns/" + campaign.json().path("campaignId").asLong() + "/previews";
    List<Double> all = new ArrayList<>();
    for (int run = 0; run < 5; run++) {
      long start = System.nanoTime();
      ApiReply preview = admin.json("POST", previews, Map.of("percent", 100));
      require(preview);
      all.add(BenchmarkStatistics.seconds(start));
    }
    print("preview of a wave of everybody: %.2f s (target 2)", BenchmarkStatistics.median(all));
  }

  /** What every device asks at each backup. */
  private void statusCalls() throws Exception {
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "status");
    ApiClient session = device.session();
    device.optIn(session);
    List<Double> rates = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      long start = System.nanoTime();
      List<Future<Integer>> asking = new ArrayList<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(DEVICES_AT_ONCE)) {
        for (int i = 0; i < DEVICES_AT_ONCE; i++) {
          asking.add(
              pool.submit(
                  () -> {
                    int calls = 0;
                    for (; System.nanoTime() < until; calls++) {
                      require(session.get("/v1/device"));
                    }
                    return calls;
                  }));
        }
      }
      int calls = 0;
      for (Future<Integer> one : asking) {
        calls += one.get();
      }
      if (run > 0) {
        rates.add(calls / BenchmarkStatistics.seconds(start));
      }
    }
    print("device status calls: %.0f a second (target 500)", BenchmarkStatistics.median(rates));
  }

  private void export() throws Exception {
    admin = company.admin();
    // The large company's events begin two years ago; twelve seconds lie between two of them.
    Instant from = Instant.now().minus(Duration.ofDays(729));
    String span = "from=" + from + "&until=" + from.plusSeconds(12L * EXPORTED);
    Path heap = Path.of("/proc/" + company.stack().portalPid() + "/status");
    long before = residentKib(heap);
    for (int run = 0; run < 3; run++) {
      long start = System.nanoTime();
      ApiReply reply = admin.get("/v1/admin/audit/export?" + span);
      require(reply);
      long lines =
          new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8).lines().count();
      print(
          "export: %d lines, %.1f MB in %.1f s; the portal's memory %+d MB",
          lines,
          reply.body().length / 1e6,
          BenchmarkStatistics.seconds(start),
          (residentKib(heap) - before) >> 10);
    }
  }

  private static long residentKib(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private void verification() throws Exception {
    admin = company.admin();
    long start = System.nanoTime();
    long after = 0;
    JsonNode verdict;
    do {
      verdict = admin.get("/v1/admin/audit/verification?after=" + after).json();
      after = verdict.path("events").asLong();
    } while (verdict.path("intact").asBoolean()
        && !verdict.path("complete").asBoolean()
        && BenchmarkStatistics.seconds(start) < 240);
    print(
        "verification: %s, %d events in %.0f s",
        verdict.path("intact").asBoolean() ? "intact" : verdict.toString(),
        after,
        BenchmarkStatistics.seconds(start));
  }
}
