package org.hikae.it.bench;

import static org.hikae.it.bench.BenchmarkStatistics.load;
import static org.hikae.it.bench.BenchmarkStatistics.median;
import static org.hikae.it.bench.BenchmarkStatistics.seconds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hikae.it.agent.AgentDevice;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.TestCompany;
import org.hikae.it.maintenance.MaintenanceProbe;
import org.hikae.it.maintenance.ManyRepositories;
import org.hikae.it.maintenance.RepositoryRows;
import org.hikae.it.stack.Stack;

/**
 * {@code ./bench night}: the running portal's own nightly work in many repositories on PostgreSQL,
 * and how fast a device backs up beside it. Arguments: a folder for the device, repositories,
 * megabytes of a backup, runs.
 */
public final class MaintenanceBenchmark {

  private static final int FILE_BYTES = 8_000_000;
  private static final int MANY_OBJECT_BYTES = 8 << 20;

  /** A week of snapshots every eight hours, each with a hundred objects of which ten are new. */
  private static final ManyRepositories.Size EACH = new ManyRepositories.Size(1, 20, 100, 10);

  private final ManyRepositories rows;
  private final MaintenanceProbe probe;
  private final AgentDevice agent;
  private final Path tree;
  private final int megabytes;
  private final Random random = new Random(1);

  private MaintenanceBenchmark(
      Stack stack, ManyRepositories rows, AgentDevice agent, Path tree, int megabytes)
      throws Exception {
    this.rows = rows;
    this.probe = new MaintenanceProbe(stack.db());
    this.agent = agent;
    this.tree = tree;
    this.megabytes = megabytes;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int repositories = Integer.parseInt(arguments[1]);
    int megabytes = Integer.parseInt(arguments[2]);
    int runs = Integer.parseInt(arguments[3]);
    TestCompany company = CompanyBenchmarkStack.found();
    Stack stack = company.stack();
    AgentDevice agent = new AgentDevice(stack, folder.resolve("device"));
    agent.login(company.employee());
    agent.optIn("digit-key", "");
    // As in the other measurements: a portal has been at work for weeks.
    new PortalBenchmark(company, MANY_OBJECT_BYTES).warmUp();
    long began = System.nanoTime();
    ManyRepositories rows =
        ManyRepositories.make(
            stack.db(),
            "measured",
            new ManyRepositories.Size(repositories, EACH.snapshots(), EACH.listed(), EACH.step()));
    System.out.printf(
        Locale.ROOT,
        "%d repositories with %d snapshots and %d objects each, made in %.0f s%n",
        repositories,
        EACH.snapshots(),
        EACH.objects(),
        seconds(began));
    Path tree = Files.createDirectories(folder.resolve("tree"));
    new MaintenanceBenchmark(stack, rows, agent, tree, megabytes).measure(runs);
    System.exit(0);
  }

  private void measure(int runs) throws Exception {
    backup();
    night("A first night, not counted");
    rows.nextDay();
    double alone = night("A night alone");
    List<Double> without = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      rows.nextDay();
      if (run % 2 == 1) {
        without.add(backup());
        beside.add(besideNight());
      } else {
        beside.add(besideNight());
        without.add(backup());
      }
      double ratio = without.getLast() / beside.getLast();
      ratios.add(ratio);
      System.out.printf(
          Locale.ROOT,
          "Run %d: a backup of %d MB alone %.2f s, beside a night %.2f s: speed %.2f; load %s%n",
          run,
          megabytes,
          without.getLast(),
          beside.getLast(),
          ratio,
          load());
    }
    System.out.printf(
        Locale.ROOT,
        "Median of %d: alone %.2f s, beside a night %.2f s: speed %.2f of the usual, target 0.80;"
            + " a night of %d repositories alone %.1f s%n",
        runs,
        median(without),
        median(beside),
        median(ratios),
        rows.ids().size(),
        alone);
  }

  /** Lets a night come and gives the seconds that it took. */
  private double night(String what) throws Exception {
    RepositoryRows repositoryRows = rows.findings();
    int stored = repositoryRows.stored().size();
    long removed = repositoryRows.releases("REMOVED");
    Instant began = begin();
    probe.awaitEnded();
    double seconds = Duration.between(began, Instant.now()).toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s; %d objects collected, %d snapshots removed, %d doomed; load %s%n",
        what,
        seconds,
        stored - repositoryRows.stored().size(),
        repositoryRows.releases("REMOVED") - removed,
        repositoryRows.doomed().size(),
        load());
    return seconds;
  }

  /** The portal looks every half minute whether a night is due. */
  private Instant begin() throws Exception {
    Instant before = probe.look().startedAt();
    probe.letTheNightCome();
    return probe.awaitBegunAfter(before);
  }

  private double besideNight() throws Exception {
    prepare();
    Instant began = begin();
    double seconds = send();
    boolean outlasted = probe.look().underWay();
    probe.awaitEnded();
    double night = Duration.between(began, Instant.now()).toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "  a night beside a backup: %.1f s%s%n",
        night,
        outlasted ? "" : ", over before the backup: take more repositories or fewer megabytes");
    return seconds;
  }

  private double backup() throws Exception {
    prepare();
    return send();
  }

  /** Files that no backup had before, so that every byte is sent. */
  private void prepare() throws IOException {
    byte[] bytes = new byte[FILE_BYTES];
    for (int i = 0; i < megabytes * 1_000_000 / FILE_BYTES; i++) {
      random.nextBytes(bytes);
      Files.write(tree.resolve("file " + i), bytes);
    }
  }

  private double send() throws Exception {
    long began = System.nanoTime();
    AgentResult agentResult = agent.run("backup", "--json", tree.toString());
    double seconds = seconds(began);
    if (agentResult.exitCode() != AgentResult.DONE) {
      throw new IllegalStateException(agentResult.toString());
    }
    return seconds;
  }
}
