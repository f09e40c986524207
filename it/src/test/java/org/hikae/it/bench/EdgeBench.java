package org.hikae.it.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.hk1.Hash256;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.PageVisitor;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.Reply;
import org.hikae.it.caller.ResticAccount;
import org.hikae.it.caller.SlowPeers;

/**
 * {@code ./bench edge}: what other people wait for their pages and uploads while {@link SlowPeers}
 * do their worst. Argument: seconds.
 */
public final class EdgeBench {

  private static final Duration WITHOUT = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 100;
  private static final int BYTES = 1024 * 1024;
  private static final List<String> PAGES = List.of("/privacy", "/my/backups", "/my/install");

  private final Company company;
  private final Person person;
  private final String session;
  private final PageVisitor visitor;
  private final ResticAccount restic;

  /** What is measured in turn; each says whether it was answered as it should be. */
  private final Map<String, Callable<Boolean>> all = new LinkedHashMap<>();

  /** With a token that is young enough; all of them live five minutes. */
  private Api uploads;

  private int opened;

  private EdgeBench(Company company) throws Exception {
    this.company = company;
    this.person = company.employee();
    Device device = Device.enrol(company.agentOf(person), "beside");
    this.session = device.open(device.nonce().field("nonce")).field("session");
    this.uploads = company.agentOf(person).session(session);
    device.optIn(uploads);
    this.restic = ResticAccount.of(company, uploads);
    this.visitor = PageVisitor.signedIn(company.stack(), person);
    all.put("pages", this::page);
    all.put("uploads of 1 MiB", this::upload);
    all.put("restic's uploads of 1 MiB", this::resticUpload);
  }

  public static void main(String[] arguments) throws Exception {
    int exitCode = 1;
    try {
      measure(Duration.ofSeconds(Integer.parseInt(arguments[0])));
      exitCode = 0;
    } finally {
      // The servers end with it.
      System.exit(exitCode);
    }
  }

  private static void measure(Duration whole) throws Exception {
    Duration without = whole.compareTo(WITHOUT) < 0 ? whole : WITHOUT;
    EdgeBench bench = new EdgeBench(GuidedCompany.found());
    System.out.println("load " + Figures.load());
    bench.measure("alone, to warm up", without);
    bench.measure("alone", without);
    try (SlowPeers peers = SlowPeers.of(bench.company, InetAddress.ofLiteral("127.0.0.9"))) {
      bench.measure("beside " + peers.count() + " slow connections", whole);
      System.out.println("The portal ended slow connections " + peers.reopened() + " times");
    }
  }

  private void measure(String what, Duration time) throws Exception {
    Map<String, List<Double>> millis = new LinkedHashMap<>();
    Map<String, Integer> refused = new LinkedHashMap<>();
    all.keySet().forEach(name -> millis.put(name, new ArrayList<>()));
    long began = System.nanoTime();
    while (Figures.seconds(began) < time.toSeconds()) {
      uploads = company.agentOf(person).session(session);
      for (Map.Entry<String, Callable<Boolean>> one : all.entrySet()) {
        long sent = System.nanoTime();
        if (!answered(one.getValue())) {
          refused.merge(one.getKey(), 1, Integer::sum);
        }
        millis.get(one.getKey()).add(1000 * Figures.seconds(sent));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    millis.forEach((name, of) -> print(what + ": " + name, of, refused.getOrDefault(name, 0)));
  }

  /** Whoever is not answered waits all the same. */
  private static boolean answered(Callable<Boolean> what) throws Exception {
    try {
      return what.call();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean page() throws IOException, InterruptedException {
    return visitor.ask(PAGES.get(opened++ % PAGES.size())).statusCode() == 200;
  }

  private boolean upload() {
    byte[] object = Device.random(BYTES);
    return isStored(
        uploads.bytes("PUT", "/v1/device/objects/" + Hash256.sha256(object).hex(), object));
  }

  private boolean resticUpload() {
    byte[] object = Device.random(BYTES);
    String path = "/restic/" + restic.repository() + "/data/" + Hash256.sha256(object).hex();
    return isStored(restic.api().bytes("POST", path, object));
  }

  private static boolean isStored(Reply reply) {
    return reply.status() / 100 == 2;
  }

  private static void print(String what, List<Double> millis, int refused) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d, of them %d refused, median %.0f ms, p95 %.0f ms, slowest %.0f ms%n",
        what,
        millis.size(),
        refused,
        Figures.median(millis),
        Figures.quantile(millis, 0.95),
        Figures.quantile(millis, 1));
  }
}
