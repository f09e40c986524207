package org.hikae.it.bench;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.PageVisitor;
import org.hikae.it.caller.SlowPeers;

/**
 * {@code ./bench edge}: what other people wait for their pages and uploads while {@link SlowPeers}
 * do their worst. Argument: minutes.
 */
public final class EdgeBench {

  private static final Duration WITHOUT = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 100;
  private static final int BYTES = 1024 * 1024;

  private final Company company;
  private final PageVisitor visitor;
  private final Api uploads;

  private EdgeBench(Company company) throws Exception {
    this.company = company;
    this.visitor = PageVisitor.signedIn(company.stack(), company.employee());
    Device device = Device.enrol(company.agentOf(company.employee()), "beside");
    this.uploads = device.session();
    device.optIn(uploads);
  }

  public static void main(String[] arguments) throws Exception {
    Duration whole = Duration.ofMinutes(Integer.parseInt(arguments[0]));
    EdgeBench bench = new EdgeBench(GuidedCompany.found());
    bench.measure("alone, to warm up", WITHOUT);
    bench.measure("alone", WITHOUT);
    try (SlowPeers peers = SlowPeers.of(bench.company, InetAddress.ofLiteral("127.0.0.9"))) {
      bench.measure("beside " + peers.count() + " slow connections", whole);
      System.out.println("The portal ended slow connections " + peers.reopened() + " times");
    }
    System.exit(0);
  }

  private void measure(String what, Duration time) throws Exception {
    List<Double> pages = new ArrayList<>();
    List<Double> sent = new ArrayList<>();
    long began = System.nanoTime();
    while (Figures.seconds(began) < time.toSeconds()) {
      long page = System.nanoTime();
      visitor.open("/privacy");
      pages.add(1000 * Figures.seconds(page));
      byte[] object = Device.random(BYTES);
      long upload = System.nanoTime();
      Device.store(uploads, object);
      sent.add(1000 * Figures.seconds(upload));
      Thread.sleep(PAUSE_MILLIS);
    }
    print(what + ": pages", pages);
    print(what + ": uploads of 1 MiB", sent);
  }

  private static void print(String what, List<Double> millis) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d, median %.0f ms, p95 %.0f ms, slowest %.0f ms%n",
        what,
        millis.size(),
        Figures.median(millis),
        Figures.quantile(millis, 0.95),
        Figures.quantile(millis, 1));
  }
}
