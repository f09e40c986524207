package org.hikae.it.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.OpenConnections;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.ResticHttpClient;
import org.hikae.it.client.SlowPeers;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;

/**
 * {@code ./bench edge}: what other people wait for their pages and uploads while {@link SlowPeers}
 * do their worst. Argument: seconds.
 */
public final class EdgeBenchmark {

  private static final Duration WITHOUT = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 100;
  private static final int BYTES = 1024 * 1024;
  private static final List<String> PAGES = List.of("/privacy", "/my/backups", "/my/install");

  private final TestCompany company;
  private final TestAccount testAccount;
  private final String session;
  private final PageClient visitor;
  private final ResticHttpClient restic;
  private final SSLContext tls;

  /** What is measured in turn; each says whether it was answered as it should be. */
  private final Map<String, Callable<Boolean>> all = new LinkedHashMap<>();

  /** With a token that is young enough; all of them live five minutes. */
  private ApiClient uploads;

  private int opened;

  private EdgeBenchmark(TestCompany company) throws Exception {
    this.company = company;
    this.testAccount = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "beside");
    this.session = device.open(device.nonce().field("nonce")).field("session");
    this.uploads = company.agentOf(testAccount).session(session);
    device.optIn(uploads);
    this.restic = ResticHttpClient.of(company, uploads);
    this.tls = company.stack().httpClient().sslContext();
    this.visitor = PageClient.signedIn(company.stack(), testAccount);
    all.put("pages", this::page);
    all.put("pages over a new connection", this::newcomer);
    all.put("uploads of 1 MiB", this::upload);
    all.put("restic's uploads of 1 MiB", this::resticUpload);
  }

  public static void main(String[] arguments) throws Exception {
    int exitCode = 1;
    try {
      compare(Duration.ofSeconds(Integer.parseInt(arguments[0])));
      exitCode = 0;
    } finally {
      // The servers end with it.
      System.exit(exitCode);
    }
  }

  private static void compare(Duration whole) throws Exception {
    Duration without = whole.compareTo(WITHOUT) < 0 ? whole : WITHOUT;
    EdgeBenchmark bench = new EdgeBenchmark(CompanyBenchmarkStack.found());
    System.out.println("load " + BenchmarkStatistics.load());
    bench.measure(without);
    System.out.println("warm");
    Map<String, ResponseTimes> alone = bench.measure(without);
    try (OpenConnections peers = SlowPeers.of(bench.company, InetAddress.ofLiteral("127.0.0.9"))) {
      Map<String, ResponseTimes> beside = bench.measure(whole);
      System.out.printf(
          Locale.ROOT,
          "load %s%n%d s alone, %d s beside %d slow connections, which the portal ended %d"
              + " times%n%n",
          BenchmarkStatistics.load(),
          without.toSeconds(),
          whole.toSeconds(),
          peers.count(),
          peers.reopened());
      print(alone, beside);
    }
  }

  /** How long each took, and how many were refused. */
  private static final class ResponseTimes {

    private final List<Double> millis = new ArrayList<>();
    private int refused;

    String cells() {
      return String.format(
          Locale.ROOT,
          "%d | %d | %.0f | %.0f | %.0f",
          millis.size(),
          refused,
          BenchmarkStatistics.median(millis),
          BenchmarkStatistics.quantile(millis, 0.95),
          BenchmarkStatistics.quantile(millis, 1));
    }
  }

  /** As a table for docs/performance.md. */
  private static void print(Map<String, ResponseTimes> alone, Map<String, ResponseTimes> beside) {
    System.out.println("| what | | asked | refused | median, ms | p95, ms | slowest, ms |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String name : alone.keySet()) {
      System.out.println("| " + name + " | alone | " + waited(alone, name).cells() + " |");
      System.out.println("| | beside | " + waited(beside, name).cells() + " |");
    }
  }

  private static ResponseTimes waited(Map<String, ResponseTimes> of, String name) {
    return of.computeIfAbsent(name, _ -> new ResponseTimes());
  }

  private Map<String, ResponseTimes> measure(Duration time) throws Exception {
    Map<String, ResponseTimes> waited = new LinkedHashMap<>();
    long began = System.nanoTime();
    while (BenchmarkStatistics.seconds(began) < time.toSeconds()) {
      uploads = company.agentOf(testAccount).session(session);
      for (Map.Entry<String, Callable<Boolean>> one : all.entrySet()) {
        ResponseTimes mine = waited(waited, one.getKey());
        long sent = System.nanoTime();
        mine.refused += answered(one.getValue()) ? 0 : 1;
        mine.millis.add(1000 * BenchmarkStatistics.seconds(sent));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return waited;
  }

  /** Whoever is not answered waits all the same. */
  private static boolean answered(Callable<Boolean> what) throws Exception {
    try {
      return what.call();
    } catch (IOException | AssertionError e) {
      // The callers of these tests say the second when there is no answer.
      return false;
    }
  }

  private boolean page() throws IOException, InterruptedException {
    return visitor.ask(PAGES.get(opened++ % PAGES.size())).statusCode() == 200;
  }

  /** Of somebody who comes only now: the connection has to be taken, too. */
  private boolean newcomer() throws IOException, InterruptedException {
    HttpRequest page =
        HttpRequest.newBuilder(company.stack().portalUrl().resolve("/signed-out"))
            .timeout(Duration.ofMinutes(2))
            .build();
    try (HttpClient anew =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build()) {
      return anew.send(page, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200;
    }
  }

  private boolean upload() {
    byte[] object = ApiDevice.random(BYTES);
    return isStored(
        uploads.bytes("PUT", "/v1/device/objects/" + Hash256.sha256(object).hex(), object));
  }

  private boolean resticUpload() {
    byte[] object = ApiDevice.random(BYTES);
    String path = "/restic/" + restic.repository() + "/data/" + Hash256.sha256(object).hex();
    return isStored(restic.api().bytes("POST", path, object));
  }

  private static boolean isStored(ApiReply reply) {
    return reply.status() / 100 == 2;
  }
}
