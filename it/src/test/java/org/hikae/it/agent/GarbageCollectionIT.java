package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.maintenance.MaintenanceProbe;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Collection at work every second against four devices that back up all the time, release what they
 * made before, and are killed now and then (HK1-H-04): every snapshot that is not removed restores
 * to what it was made of, and afterwards nothing is left that no snapshot lists. The second portal
 * does the nightly work, so that uploads and collection do not share a process. Time budget: 150
 * seconds beside the system's start. {@code --long} runs for five minutes and restores every
 * snapshot; otherwise each device restores its oldest and its newest, and one reads all back.
 */
@FullRunOnly
@Isolated // collects what others have only just sent
class GarbageCollectionIT {

  private static final int DEVICES = 4;
  private static final Duration SHORT = Duration.ofSeconds(25);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Longer than a backup of these small trees, or of the part of one that is killed. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration SETTLED = Duration.ofSeconds(90);
  private static final int FILES = 6;
  private static final int FILE_BYTES = 700_000;

  @TempDir private Path temp;

  /** One device with its tree, and what it knows of its snapshots. */
  private static final class Worker {

    private final AgentDevice agent;
    private final Path tree;
    private final Random random;

    /** Snapshots, oldest first, and what each was made of: hashes by file. */
    private final Map<String, Map<String, String>> made = new LinkedHashMap<>();

    private int killed;

    Worker(AgentDevice agent, Path tree, long seed) {
      this.agent = agent;
      this.tree = tree;
      this.random = new Random(seed);
    }

    void run(long deadline) throws Exception {
      while (System.nanoTime() < deadline || made.size() < 2) {
        change();
        if (!made.isEmpty() && random.nextInt(4) == 0) {
          kill();
          continue;
        }
        AgentResult backup = agent.run("backup", "--json", tree.toString());
        assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
        made.put(backup.event("backup").path("snapshotId").asText(), contents(tree));
        if (made.size() >= 2 && random.nextBoolean()) {
          String old = List.copyOf(made.keySet()).get(random.nextInt(made.size() - 1));
          AgentResult released = agent.run("release", old, "--json");
          assertThat(released.exitCode())
              .as("%s", released)
              .isIn(AgentResult.DONE, AgentResult.REFUSED);
        }
      }
    }

    private void change() throws IOException {
      for (int i = 0; i < FILES; i++) {
        if (made.isEmpty() || random.nextInt(3) == 0) {
          byte[] bytes = new byte[FILE_BYTES];
          random.nextBytes(bytes);
          Files.write(tree.resolve("file" + i), bytes);
        }
      }
    }

    /** A run whose packs no snapshot will list, unless the next one takes them up. */
    private void kill() throws Exception {
      AgentDevice.RunningCommand begun = agent.begin("killed", "backup", "--json", tree.toString());
      Process process = begun.process();
      process.waitFor(500L + random.nextInt(2500), java.util.concurrent.TimeUnit.MILLISECONDS);
      process.destroyForcibly();
      process.waitFor();
      killed++;
    }
  }

  @Test
  void nothing_that_is_needed_goes_and_nothing_else_stays() throws Exception {
    long seed = TestEffort.seed();
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    TestAccount testAccount = TestCompany.on(StackDatabase.Kind.POSTGRESQL).employee();
    List<Worker> workers = workers(stack, testAccount, seed);
    StoredSetInspection stored = new StoredSetInspection(stack, workers.getFirst().agent.setId());
    Duration length = isLong() ? LONG : SHORT;
    MaintenanceProbe.forgetWhoWorked(stack.db());
    try (AutoCloseable _ =
            stack.portalBeside(
                Map.of("HIKAE_NIGHTLY", "PT1S", "HIKAE_COLLECT_GRACE", GRACE.toString()));
        ExecutorService pool = Executors.newFixedThreadPool(DEVICES)) {
      long deadline = System.nanoTime() + length.toNanos();
      List<Future<?>> running = new ArrayList<>();
      for (Worker worker : workers) {
        running.add(
            pool.submit(
                () -> {
                  worker.run(deadline);
                  return true;
                }));
      }
      while (running.stream().anyMatch(run -> !run.isDone())) {
        stored.letHoldsPass();
        Thread.sleep(500);
      }
      for (Future<?> run : running) {
        run.get();
      }
      stored.letHoldsPass();
      stored.awaitNothingUnlisted(SETTLED);
    }
    System.out.printf(
        java.util.Locale.ROOT,
        "collection, seed %d, %d s: %d snapshots of %d devices, %d runs killed, %d removed,"
            + " %d objects collected%n",
        seed,
        length.toSeconds(),
        workers.stream().mapToInt(w -> w.made.size()).sum(),
        DEVICES,
        workers.stream().mapToInt(w -> w.killed).sum(),
        stored.removedSnapshots(),
        stored.collectedObjects());
    assertThat(stored.removedSnapshots()).isPositive();
    assertThat(stored.collectedObjects()).isPositive();
    assertThat(stored.figures()).isEqualTo(stored.counted());
    int restored = everythingRestores(workers, stored.removed());
    System.out.println("collection, seed " + seed + ": " + restored + " snapshots restored equal");
  }

  private static boolean isLong() {
    return TestEffort.factor() > 1;
  }

  private List<Worker> workers(Stack stack, TestAccount testAccount, long seed) throws Exception {
    List<Worker> workers = new ArrayList<>();
    String digits = "";
    for (int i = 0; i < DEVICES; i++) {
      AgentDevice agent = new AgentDevice(stack, temp.resolve("agents/device" + i)).quick().here();
      agent.login(testAccount);
      if (i == 0) {
        digits = agent.optIn("digit-key", "unused-password-here-1");
      } else {
        AgentResult unlocked = agent.withDigits(digits, "optin", "--json");
        assertThat(unlocked.exitCode()).as("%s", unlocked).isEqualTo(AgentResult.DONE);
      }
      Path tree = Files.createDirectories(temp.resolve("tree" + i));
      workers.add(new Worker(agent, tree, seed * DEVICES + i));
    }
    return workers;
  }

  /** One device reads all back; all or some snapshots are restored and compared. */
  private int everythingRestores(List<Worker> workers, List<String> removed) throws Exception {
    AgentResult verified = workers.getFirst().agent.run("verify", "--json");
    assertThat(verified.exitCode()).as("%s", verified).isEqualTo(AgentResult.DONE);
    int count = 0;
    for (Worker worker : workers) {
      List<String> standing =
          worker.made.keySet().stream().filter(id -> !removed.contains(id)).toList();
      Set<String> asked =
          new LinkedHashSet<>(
              isLong() ? standing : List.of(standing.getFirst(), standing.getLast()));
      for (String id : asked) {
        restores(worker, id);
        count++;
      }
    }
    return count;
  }

  private void restores(Worker worker, String id) throws IOException, InterruptedException {
    Path target = temp.resolve("restored");
    AgentResult restored =
        worker.agent.run(
            "restore",
            id,
            "--path",
            worker.tree.toString(),
            "--target",
            target.toString(),
            "--json");
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
    assertThat(contents(target)).as(id).isEqualTo(worker.made.get(id));
    for (String name : contents(target).keySet()) {
      Files.delete(target.resolve(name));
    }
    Files.delete(target);
  }

  /** Hashes of a folder's files by name. */
  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        contents.put(
            folder.relativize(file).toString(), Hash256.sha256(Files.readAllBytes(file)).hex());
      }
    }
    return contents;
  }
}
