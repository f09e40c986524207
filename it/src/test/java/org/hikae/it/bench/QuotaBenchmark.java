package org.hikae.it.bench;

import static org.hikae.it.bench.BenchmarkStatistics.load;
import static org.hikae.it.bench.BenchmarkStatistics.median;
import static org.hikae.it.bench.BenchmarkStatistics.seconds;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.testing.BuildOutput;

/**
 * {@code ./bench quota}: what it adds to an upload that its bytes are counted against a quota. Two
 * portals on one PostgreSQL take objects in turn, one as it ships, one without the counting.
 * Arguments: a folder, turns.
 */
public final class QuotaBenchmark {

  private static final int SMALL_BYTES = 1000;
  private static final int PACK_BYTES = 8 << 20;
  private static final int SMALL_A_TURN = 150;
  private static final int PACKS_A_TURN = 6;
  private static final int WARM_UPS = 6;

  private final TestCompany company;
  private final TestAccount testAccount;
  private final String session;
  private final URI uncounted;
  private int objects;

  private QuotaBenchmark(
      TestCompany company, TestAccount testAccount, String session, URI uncounted) {
    this.company = company;
    this.testAccount = testAccount;
    this.session = session;
    this.uncounted = uncounted;
  }

  public static void main(String[] arguments) throws Exception {
    Path application = Path.of(arguments[0]).resolve("uncounted.ear");
    QuotaFreePortal.write(BuildOutput.ear(), application);
    TestCompany company = CompanyBenchmarkStack.found();
    Stack stack = company.stack();
    Stack.SecondPortal beside =
        stack.portalBeside(
            Map.of("HIKAE_PORTAL_EAR", application.toString(), "HIKAE_NIGHTLY", "off"));
    TestAccount testAccount = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "measured");
    device.optIn(device.session());
    String session = device.open(device.nonce().field("nonce")).field("session");
    QuotaBenchmark bench = new QuotaBenchmark(company, testAccount, session, beside.url());
    for (int i = 0; i < WARM_UPS; i++) {
      bench.turn(i, SMALL_BYTES, SMALL_A_TURN);
      bench.turn(i, PACK_BYTES, PACKS_A_TURN);
    }
    int turns = Integer.parseInt(arguments[1]);
    Milliseconds small = bench.turns(turns, SMALL_BYTES, SMALL_A_TURN);
    Milliseconds packs = bench.turns(turns, PACK_BYTES, PACKS_A_TURN);
    double added = small.counted() - small.uncounted();
    System.out.printf(
        Locale.ROOT, "Objects of %d bytes, %d turns: %s%n", SMALL_BYTES, turns, small);
    System.out.printf(
        Locale.ROOT, "Objects of %d MiB, %d turns: %s%n", PACK_BYTES >> 20, turns, packs);
    System.out.printf(
        Locale.ROOT,
        "%.2f ms more for an object of %d bytes; that is %.1f %% of an upload of %d MiB,"
            + " target under 5 %%; load %s%n",
        added,
        SMALL_BYTES,
        100 * added / packs.uncounted(),
        PACK_BYTES >> 20,
        load());
    System.exit(0);
  }

  /** Medians for one upload. */
  private record Milliseconds(double counted, double uncounted) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.2f ms counted, %.2f ms not: %+.1f %%",
          counted,
          uncounted,
          100 * (counted / uncounted - 1));
    }
  }

  private Milliseconds turns(int turns, int bytes, int count) throws Exception {
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int turn = 0; turn < turns; turn++) {
      Milliseconds one = turn(turn, bytes, count);
      with.add(one.counted());
      without.add(one.uncounted());
    }
    return new Milliseconds(median(with), median(without));
  }

  private Milliseconds turn(int turn, int bytes, int count) throws Exception {
    // A token is good for five minutes.
    ApiClient counting = company.agentOf(testAccount).session(session);
    ApiClient other = counting.at(uncounted);
    if (turn % 2 == 0) {
      double with = send(counting, bytes, count);
      return new Milliseconds(with, send(other, bytes, count));
    }
    double without = send(other, bytes, count);
    return new Milliseconds(send(counting, bytes, count), without);
  }

  /** The median of an upload, in milliseconds. */
  private double send(ApiClient portal, int bytes, int count) {
    List<Double> each = new ArrayList<>();
    byte[] object = ApiDevice.random(bytes);
    for (int i = 0; i < count; i++) {
      objects++;
      object[0] = (byte) objects;
      object[1] = (byte) (objects >> 8);
      object[2] = (byte) (objects >> 16);
      String name = Hash256.sha256(object).hex();
      long began = System.nanoTime();
      ApiReply reply = portal.bytes("PUT", "/v1/device/objects/" + name, object);
      each.add(1000 * seconds(began));
      if (reply.status() != 201) {
        throw new IllegalStateException(reply.toString());
      }
    }
    return median(each);
  }
}
