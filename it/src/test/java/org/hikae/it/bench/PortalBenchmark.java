package org.hikae.it.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench portal}: how fast the portal takes, gives and scrubs objects on PostgreSQL, and
 * what many devices at once cost it. Arguments: number of runs, size of an object in MiB.
 */
public final class PortalBenchmark {

  private static final int CONNECTIONS = 2;
  private static final int BYTES_A_RUN = 512 * 1024 * 1024;
  private static final int MANY = 50;
  private static final int BUSY = 503;
  private static final int ACCEPTED = 202;
  private static final int SCRUBS = 3;
  private static final int WARM_OBJECTS = 6000;
  private static final int WARM_BYTES = 1024;

  private final Stack stack;
  private final TestCompany company;
  private final byte[] template;

  PortalBenchmark(TestCompany company, int objectBytes) {
    this.company = company;
    this.stack = company.stack();
    this.template = ApiDevice.random(objectBytes);
  }

  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    int objectBytes = Integer.parseInt(arguments[1]) * 1024 * 1024;
    PortalBenchmark bench = new PortalBenchmark(CompanyBenchmarkStack.found(), objectBytes);
    List<Double> accepted = new ArrayList<>();
    List<Double> served = new ArrayList<>();
    bench.warmUp();
    for (int run = 1; run <= runs; run++) {
      Rates rates = bench.run(run);
      accepted.add(rates.accepted());
      served.add(rates.served());
    }
    System.out.printf(
        Locale.ROOT,
        "Median of %d: %.0f MB/s accepted, %.0f MB/s served, %d connections, objects of %d MiB%n",
        runs,
        BenchmarkStatistics.median(accepted),
        BenchmarkStatistics.median(served),
        CONNECTIONS,
        objectBytes >> 20);
    bench.scrub();
    bench.many();
    System.exit(0);
  }

  record Rates(double accepted, double served) {}

  private ApiClient device() throws Exception {
    ApiClient employee = company.agentOf(company.employee());
    ApiDevice device = ApiDevice.enrol(employee, "measured");
    ApiClient session = device.session();
    device.optIn(session);
    return session;
  }

  /**
   * Brings the portal to where weeks of work bring it: a JVM compiles a method thoroughly only when
   * it has run some ten thousand times, so it takes many small objects and not only much data.
   */
  void warmUp() throws Exception {
    ApiClient device = device();
    together(
        CONNECTIONS,
        WARM_OBJECTS,
        i -> {
          byte[] object = Arrays.copyOf(object(-2, i), WARM_BYTES);
          String name = Hash256.sha256(object).hex();
          put(device, name, object);
          get(device, name);
        });
    run(0);
    run(-1);
  }

  /** Runs up to 0 warm up and are not counted. */
  Rates run(int number) throws Exception {
    ApiClient device = device();
    int count = BYTES_A_RUN / template.length;
    List<byte[]> objects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] object = object(number, i);
      objects.add(object);
      names.add(Hash256.sha256(object).hex());
    }
    double portal = BenchmarkStatistics.processorSeconds(stack.portalPid());
    double database = BenchmarkStatistics.databaseSeconds(stack);
    double sent = together(CONNECTIONS, count, i -> put(device, names.get(i), objects.get(i)));
    double portalSent = BenchmarkStatistics.processorSeconds(stack.portalPid());
    double databaseSent = BenchmarkStatistics.databaseSeconds(stack);
    objects.clear();
    double fetched = together(CONNECTIONS, count, i -> get(device, names.get(i)));
    double gigabytes = (double) count * template.length / 1e9;
    double accepted = 1000 * gigabytes / sent;
    double served = 1000 * gigabytes / fetched;
    System.out.printf(
        Locale.ROOT,
        "%s: accepted %.0f MB/s (processor seconds for a GB: portal %.1f, database %.1f);"
            + " served %.0f MB/s (portal %.1f, database %.1f)%n",
        number <= 0 ? "Warm-up" : "Run " + number,
        accepted,
        (portalSent - portal) / gigabytes,
        (databaseSent - database) / gigabytes,
        served,
        (BenchmarkStatistics.processorSeconds(stack.portalPid()) - portalSent) / gigabytes,
        (BenchmarkStatistics.databaseSeconds(stack) - databaseSent) / gigabytes);
    return new Rates(accepted, served);
  }

  /** Reads everything again that the runs have stored, as fast as it can. */
  private void scrub() throws Exception {
    for (int run = 1; run <= SCRUBS; run++) {
      double portal = BenchmarkStatistics.processorSeconds(stack.portalPid());
      double database = BenchmarkStatistics.databaseSeconds(stack);
      ApiReply asked = company.admin().send("POST", "/v1/admin/scrub", null, null);
      if (asked.status() != ACCEPTED) {
        throw new IllegalStateException(asked.toString());
      }
      JsonNode pass;
      do {
        Thread.sleep(20);
        pass = company.admin().get("/v1/admin/scrub").json().path("passes");
      } while (pass.size() < run || !pass.path(0).hasNonNull("endedAt"));
      Instant began = Instant.parse(pass.path(0).path("startedAt").asText());
      Instant ended = Instant.parse(pass.path(0).path("endedAt").asText());
      double gigabytes = pass.path(0).path("bytes").asLong() / 1e9;
      double used = BenchmarkStatistics.processorSeconds(stack.portalPid()) - portal;
      double databaseUsed = BenchmarkStatistics.databaseSeconds(stack) - database;
      System.out.printf(
          Locale.ROOT,
          "Scrubbed %.1f GB at %.0f MB/s (processor seconds for a GB: portal %.1f, database %.1f:"
              + " %.0f MB/s per core)%n",
          gigabytes,
          1000 * gigabytes / (Duration.between(began, ended).toNanos() / 1e9),
          used / gigabytes,
          databaseUsed / gigabytes,
          1000 * gigabytes / (used + databaseUsed));
    }
  }

  /** Fifty devices of as many employees send and fetch at once; the portal may ask them to wait. */
  private void many() throws Exception {
    List<ApiClient> devices = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      devices.add(device());
    }
    long before = memory("VmRSS");
    AtomicLong waits = new AtomicLong();
    double seconds =
        together(
            MANY,
            MANY * 4,
            i -> {
              byte[] object = object(1000, i);
              String name = Hash256.sha256(object).hex();
              ApiClient device = devices.get(i % MANY);
              waits.addAndGet(put(device, name, object));
              waits.addAndGet(get(device, name));
            });
    System.out.printf(
        Locale.ROOT,
        "%d devices at once: %d objects of %d MiB each way in %.1f s, asked to wait %d times;"
            + " portal's memory %d MiB before, %d MiB at its peak%n",
        MANY,
        MANY * 4,
        template.length >> 20,
        seconds,
        waits.get(),
        before,
        memory("VmHWM"));
  }

  private byte[] object(int run, int number) {
    byte[] object = template.clone();
    object[0] = (byte) run;
    object[1] = (byte) number;
    object[2] = (byte) (number >> 8);
    object[3] = (byte) (run >> 8);
    return object;
  }

  private static long put(ApiClient device, String name, byte[] object)
      throws InterruptedException {
    return patiently(201, () -> device.bytes("PUT", "/v1/device/objects/" + name, object));
  }

  private static long get(ApiClient device, String name) throws InterruptedException {
    return patiently(200, () -> device.get("/v1/device/objects/" + name));
  }

  /** Calls again, a little later each time, while the portal asks to wait; returns how often. */
  private static long patiently(int wanted, Supplier<ApiReply> call) throws InterruptedException {
    long waits = 0;
    ApiReply reply = call.get();
    while (reply.status() == BUSY) {
      waits++;
      Thread.sleep(100 + waits * 10);
      reply = call.get();
    }
    if (reply.status() != wanted) {
      throw new IllegalStateException(reply.toString());
    }
    return waits;
  }

  /** One piece of work by its number. */
  @FunctionalInterface
  private interface Work {
    void run(int number) throws Exception;
  }

  private static double together(int threads, int count, Work work) throws Exception {
    long began = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        all.add(
            () -> {
              work.run(number);
              return true;
            });
      }
      for (Future<Boolean> each : pool.invokeAll(all)) {
        each.get();
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private long memory(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + stack.portalPid() + "/status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IllegalStateException(field);
  }
}
