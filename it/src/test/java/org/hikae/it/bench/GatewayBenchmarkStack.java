package org.hikae.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench gateway}: the whole system on PostgreSQL with one credential for restic. With two
 * arguments, a folder and a path at which to link the database's folder, it serves until the
 * process is ended; {@code restic.env} in the folder has what restic needs, and {@code servers} a
 * line "role pid" for each server once all is ready. Without arguments it measures how many HEAD
 * requests the portal answers.
 */
public final class GatewayBenchmarkStack {

  private static final int OBJECT_BYTES = 8 << 20;
  private static final int SMALL_BYTES = 64 << 10;
  private static final int AT_ONCE = 20;
  private static final int SECONDS = 10;
  private static final int MIN_WARM_UPS = 12;
  private static final int MAX_WARM_UPS = 60;
  private static final double GROWS = 1.03;
  private static final int RUNS = 3;

  private final Stack stack;
  private final ObjectClient.GatewayLogin credential;

  private GatewayBenchmarkStack(TestCompany company) throws Exception {
    stack = company.stack();
    credential = ObjectClient.GatewayLogin.of(company);
  }

  public static void main(String[] arguments) throws Exception {
    TestCompany company = CompanyBenchmarkStack.found();
    if (arguments.length == 0) {
      new GatewayBenchmarkStack(company).heads();
      System.exit(0);
    }
    Path folder = Path.of(arguments[0]);
    Files.createSymbolicLink(Path.of(arguments[1]), company.stack().db().folder());
    // A portal has been at work for weeks when this client comes.
    new PortalBenchmark(company, OBJECT_BYTES).warmUp();
    new GatewayBenchmarkStack(company).serve(folder);
  }

  private static ApiReply require(int status, ApiReply reply) {
    if (reply.status() != status) {
      throw new IllegalStateException("not " + status + " but " + reply.status());
    }
    return reply;
  }

  private void serve(Path folder) throws IOException, InterruptedException {
    Files.write(
        folder.resolve("restic.env"),
        List.of(
            "export RESTIC_REPOSITORY=rest:" + stack.portalUrl() + "/api" + credential.path(),
            "export RESTIC_REST_USERNAME=" + credential.username(),
            "export RESTIC_REST_PASSWORD=" + credential.password(),
            "export RESTIC_CACERT=" + stack.caFile()));
    BackupBenchmarkStack.announce(stack, folder);
    new CountDownLatch(1).await();
  }

  /** What restic asks most: whether an object is there. A portal has been at work for weeks. */
  private void heads() throws Exception {
    ApiClient client = credential.client(stack).caller();
    String path = credential.path();
    byte[] object = ApiDevice.random(SMALL_BYTES);
    String name = path + "data/" + Hash256.sha256(object).hex();
    require(200, client.send("POST", path + "?create=true", null, null));
    require(200, client.bytes("POST", name, object));
    List<Double> rates = new ArrayList<>();
    warmUp(client, name);
    for (int run = 0; run < RUNS; run++) {
      rates.add(rate(client, name));
    }
    System.out.printf(
        Locale.ROOT,
        "HEAD of an object, %d clients at once: %.0f a second (target 2000)%n",
        AT_ONCE,
        BenchmarkStatistics.median(rates));
  }

  /** For two minutes, and until three runs bring next to nothing; for ten at most. */
  private static void warmUp(ApiClient client, String name) throws Exception {
    double best = 0;
    int since = 0;
    for (int run = 0; run < MAX_WARM_UPS && (run < MIN_WARM_UPS || since < RUNS); run++) {
      double rate = rate(client, name);
      System.out.printf(Locale.ROOT, "warming up: %.0f a second%n", rate);
      if (rate > best * GROWS) {
        best = rate;
        since = 0;
      } else {
        since++;
      }
    }
  }

  private static double rate(ApiClient client, String name) throws Exception {
    long start = System.nanoTime();
    long until = start + TimeUnit.SECONDS.toNanos(SECONDS);
    List<Future<Integer>> asking = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < AT_ONCE; i++) {
        asking.add(
            pool.submit(
                () -> {
                  int calls = 0;
                  for (; System.nanoTime() < until; calls++) {
                    require(200, client.send("HEAD", name, null, null));
                  }
                  return calls;
                }));
      }
    }
    int calls = 0;
    for (Future<Integer> one : asking) {
      calls += one.get();
    }
    return calls / BenchmarkStatistics.seconds(start);
  }
}
