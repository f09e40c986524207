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
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench portal}: how fast the portal takes, gives and scrubs objects on PostgreSQL, how
 * many processor seconds that costs each process, and what many devices at once cost it. Arguments:
 * number of runs, size of an object in MiB, and {@code objects} for the runs alone.
 */
public final class PortalBenchmark {

  private static final int CONNECTIONS = 2;
  private static final int BYTES_A_RUN = 512 * 1024 * 1024;
  private static final int MANY = 50;
  private static final int ACCEPTED = 202;
  private static final int SCRUBS = 3;
  private static final int WARM_OBJECTS = 3000;
  private static final int WARM_ROUNDS = 12;

  /** The part of a core with which a compiler counts as one that rests. */
  private static final double WARM_COMPILING = 0.03;

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
    bench.warmUp();
    bench.runs("devices", ObjectClient::device, runs);
    bench.runs("restic's gateway", ObjectClient::restic, runs);
    if (arguments.length == 2) {
      bench.scrub();
      bench.many();
    }
    System.exit(0);
  }

  /** Makes one for a new employee. */
  @FunctionalInterface
  private interface NewClient {
    ObjectClient of(TestCompany company) throws Exception;
  }

  /**
   * What one run has shown.
   *
   * @param seconds by the clock, for a GB
   * @param use processor seconds for a GB
   */
  record Figures(double seconds, ProcessorUse use) {

    static Figures median(List<Figures> of) {
      return new Figures(
          BenchmarkStatistics.median(of.stream().map(Figures::seconds).toList()),
          ProcessorUse.median(of.stream().map(Figures::use).toList()));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f MB/s (%s)", 1000 / seconds, use);
    }
  }

  /** Runs and prints each and the medians; processor seconds are for a GB. */
  private void runs(String who, NewClient client, int count) throws Exception {
    List<Figures> accepted = new ArrayList<>();
    List<Figures> served = new ArrayList<>();
    // One more, because the code of this way in may still be cold.
    for (int run = 0; run <= count; run++) {
      List<Figures> both = run(client.of(company));
      System.out.println((run == 0 ? "Warm-up, " : "Run " + run + ", ") + who + ": " + said(both));
      if (run > 0) {
        accepted.add(both.getFirst());
        served.add(both.getLast());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Median of %d, %s: %s; %d connections, objects of %d MiB%n",
        count,
        who,
        said(List.of(Figures.median(accepted), Figures.median(served))),
        CONNECTIONS,
        template.length >> 20);
  }

  private static String said(List<Figures> both) {
    return "accepted " + both.getFirst() + "; served " + both.getLast();
  }

  /**
   * Brings the portal to where weeks of work bring it: a JVM compiles a method thoroughly only when
   * it has run some ten thousand times, so it takes many small objects as well as much data. It
   * ends once the optimising compiler has nearly nothing left to do for either.
   */
  void warmUp() throws Exception {
    for (int round = 0; round < WARM_ROUNDS; round++) {
      double before = BenchmarkStatistics.compilerSeconds(stack.portalPid());
      long start = System.nanoTime();
      double small = smallObjects(round);
      List<Figures> large = run(ObjectClient.device(company));
      double seconds = (System.nanoTime() - start) / 1e9;
      double compiling = BenchmarkStatistics.compilerSeconds(stack.portalPid()) - before;
      System.out.printf(
          Locale.ROOT,
          "Warm-up: %d small objects in %.1f s, %s; %.2f of %.1f s compiling%n",
          WARM_OBJECTS,
          small,
          said(large),
          compiling,
          seconds);
      if (round > 0 && compiling < WARM_COMPILING * seconds) {
        break;
      }
    }
  }

  /** Sends and fetches small objects; how long that took. */
  private double smallObjects(int round) throws Exception {
    ObjectClient device = ObjectClient.device(company);
    return together(
        CONNECTIONS,
        WARM_OBJECTS,
        i -> {
          byte[] object = Arrays.copyOf(object(i), WARM_BYTES + round);
          String name = Hash256.sha256(object).hex();
          device.put(name, object);
          device.get(name);
        });
  }

  /** Sends objects that the portal never had, and fetches them; the figures of each. */
  private List<Figures> run(ObjectClient client) throws Exception {
    int count = BYTES_A_RUN / template.length;
    double gigabytes = (double) count * template.length / 1e9;
    List<byte[]> objects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] object = object(i);
      objects.add(object);
      names.add(Hash256.sha256(object).hex());
    }
    ProcessorUse before = ProcessorUse.now(stack);
    double sent = together(CONNECTIONS, count, i -> client.put(names.get(i), objects.get(i)));
    ProcessorUse between = ProcessorUse.now(stack);
    objects.clear();
    double fetched = together(CONNECTIONS, count, i -> client.get(names.get(i)));
    ProcessorUse after = ProcessorUse.now(stack);
    return List.of(
        new Figures(sent / gigabytes, between.since(before, gigabytes)),
        new Figures(fetched / gigabytes, after.since(between, gigabytes)));
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
    List<ObjectClient> devices = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      devices.add(ObjectClient.device(company));
    }
    long before = memory("VmRSS");
    AtomicLong waits = new AtomicLong();
    double seconds =
        together(
            MANY,
            MANY * 4,
            i -> {
              byte[] object = object(i);
              String name = Hash256.sha256(object).hex();
              ObjectClient device = devices.get(i % MANY);
              waits.addAndGet(device.put(name, object));
              waits.addAndGet(device.get(name));
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

  private byte[] object(int number) {
    byte[] object = template.clone();
    object[0] = (byte) number;
    object[1] = (byte) (number >> 8);
    return object;
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
