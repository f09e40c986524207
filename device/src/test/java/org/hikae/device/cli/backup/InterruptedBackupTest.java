package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.cli.harness.DirectoryTrees;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.company.KillDuringTransfer;
import org.hikae.device.company.KillDuringTransfer.KillPoint;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.hk1.Hash256;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents in processes of their own are killed at points that a company on a local port chooses; the
 * same command then ends what they began. What arrives in both runs is compared with what the
 * snapshots need: the rest was sent twice. Budget: 30 seconds.
 */
@Timeout(600)
@EveryThirdRun
class InterruptedBackupTest {

  private static final String SNAPSHOTS = "/api/v1/device/snapshots";
  private static final int CONNECTIONS = 2;
  private static final int HALF_BYTES = PackWriter.TARGET_BYTES / 2;

  /** Roots are smaller, packs of the manifest larger. */
  private static final int ROOT_BYTES = 4096;

  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;
  private FakeCompany company;
  private CompanyFixture companyFixture;
  private AgentHarness device;
  private Path home;

  /** One pack of files: most points need no more. */
  private Path tree;

  /** Three packs at least. */
  private Path large;

  @BeforeEach
  void start() throws Exception {
    companyFixture = new CompanyFixture(folder);
    company = companyFixture.company();
    device = companyFixture.deviceWithoutVault("device");
    home = folder.resolve("device/hikae");
    DirectoryTrees.copy(home, folder.resolve("fresh"));
    Random random = new Random(6);
    tree = tree("tree", 1, 1_500_000, random);
    large = tree("large", 7, 5_000_000, random);
  }

  private Path tree(String name, int files, int length, Random random) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < files; i++) {
      Files.write(made.resolve("large " + i), bytes(random, length));
    }
    for (int i = 0; i < 200; i++) {
      Files.write(made.resolve("small " + i), bytes(random, i));
    }
    return made;
  }

  @AfterEach
  void stop() throws IOException {
    companyFixture.close();
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Points at which several packs are under way. */
  private static Map<String, KillPoint> pointsOfPacks() {
    Map<String, KillPoint> points = new LinkedHashMap<>();
    points.put("two packs are acknowledged", inTheMiddleOf(3));
    points.put("in the middle of a pack on each connection", onEachConnection());
    points.put("a pack has overtaken the one before", overtaken());
    return points;
  }

  private static Map<String, KillPoint> points() {
    Map<String, KillPoint> points = new LinkedHashMap<>();
    points.put(
        "before the first pack",
        new KillPoint() {
          @Override
          public void asked(KillDuringTransfer watch, String request) throws IOException {
            if (request.equals("GET " + SNAPSHOTS)) {
              watch.kill();
            }
          }
        });
    points.put("in the middle of the first pack", inTheMiddleOf(0));
    points.put(
        "the first pack is stored and not answered",
        new KillPoint() {
          @Override
          public void stored(KillDuringTransfer watch, int bytes) throws IOException {
            watch.kill();
          }
        });
    points.put("the manifest is stored and not answered", storedWithin(ROOT_BYTES, 1_000_000));
    points.put("the root is stored and not answered", storedWithin(0, ROOT_BYTES));
    points.put(
        "before the commit",
        new KillPoint() {
          @Override
          public void asked(KillDuringTransfer watch, String request) throws IOException {
            if (request.equals("POST " + SNAPSHOTS)) {
              watch.kill();
            }
          }
        });
    points.put("the commit is done and not answered", done("POST " + SNAPSHOTS, ""));
    points.put("the report is taken and not answered", done("PUT /api/v1/device/runs", "SUCCESS"));
    return points;
  }

  private static KillPoint inTheMiddleOf(int number) {
    return new KillPoint() {
      @Override
      public void arrived(KillDuringTransfer watch, int object, long bytes) throws IOException {
        if (object == number) {
          watch.kill();
        }
      }
    };
  }

  private static KillPoint storedWithin(int from, int to) {
    return new KillPoint() {
      @Override
      public void stored(KillDuringTransfer watch, int bytes) throws IOException {
        if (bytes >= from && bytes < to) {
          watch.kill();
        }
      }
    };
  }

  private static KillPoint done(String what, String with) {
    return new KillPoint() {
      @Override
      public void done(KillDuringTransfer watch, String request, String body) throws IOException {
        if (request.startsWith(what) && body.contains(with)) {
          watch.kill();
        }
      }
    };
  }

  private static KillPoint onEachConnection() {
    CountDownLatch halves = new CountDownLatch(CONNECTIONS);
    return new KillPoint() {
      private final Set<Integer> waiting = new HashSet<>();

      @Override
      public void arrived(KillDuringTransfer watch, int object, long bytes) throws IOException {
        boolean first;
        synchronized (waiting) {
          first = object >= 1 && bytes > HALF_BYTES && waiting.add(object);
        }
        if (first) {
          halves.countDown();
          KillDuringTransfer.await(halves);
          watch.kill();
        }
      }
    };
  }

  private static KillPoint overtaken() {
    CountDownLatch passed = new CountDownLatch(1);
    return new KillPoint() {
      @Override
      public void arrived(KillDuringTransfer watch, int object, long bytes) throws IOException {
        if (object == 1 && bytes > HALF_BYTES) {
          KillDuringTransfer.await(passed);
          watch.kill();
        } else if (object == 3) {
          // The second connection is free again, so the third pack was acknowledged.
          passed.countDown();
        }
      }
    };
  }

  /** Some milliseconds after the commit, when cache, memory and report are being written. */
  private static KillPoint after(String what, int millis) {
    return new KillPoint() {
      @Override
      public void done(KillDuringTransfer watch, String request, String body) {
        if (request.startsWith(what)) {
          watch.killAfter(millis);
        }
      }
    };
  }

  @Test
  void a_killed_backup_is_ended_by_the_same_command_and_little_is_sent_twice() throws Exception {
    Map<String, Long> twice = new LinkedHashMap<>();
    Map<String, KillPoint> ofPacks = pointsOfPacks();
    Map<String, KillPoint> others = points();
    if (!TestScope.ofThisRun().takesAllOf(InterruptedBackupTest.class)) {
      ofPacks.keySet().retainAll(Set.of("in the middle of a pack on each connection"));
      others
          .keySet()
          .retainAll(
              Set.of(
                  "the first pack is stored and not answered",
                  "the commit is done and not answered"));
    }
    for (Map.Entry<String, KillPoint> point : ofPacks.entrySet()) {
      assertThat(interrupted(large, point.getKey(), point.getValue(), twice))
          .as(point.getKey())
          .isEqualTo(KILLED);
    }
    for (Map.Entry<String, KillPoint> point : others.entrySet()) {
      assertThat(interrupted(tree, point.getKey(), point.getValue(), twice))
          .as(point.getKey())
          .isEqualTo(KILLED);
    }
    long seed = TestEffort.seed();
    Random random = new Random(seed);
    for (int i = 0; i < TestEffort.times(InterruptedBackupTest.class, 2, 1); i++) {
      int millis = random.nextInt(60);
      String name = "some " + millis + " ms after the commit, seed " + seed;
      interrupted(tree, name, after("POST " + SNAPSHOTS, millis), twice);
    }
    twice.forEach((point, bytes) -> System.out.println(bytes + " bytes sent twice: " + point));
  }

  /** Returns the exit code of the run that was interrupted. */
  private int interrupted(Path source, String point, KillPoint when, Map<String, Long> twice)
      throws Exception {
    DirectoryTrees.delete(home);
    DirectoryTrees.copy(folder.resolve("fresh"), home);
    InMemoryBackupStore store = company.store();
    store.objects().clear();
    store.committed().clear();
    KillDuringTransfer watch = new KillDuringTransfer(when);
    company.watchedBy(watch);
    Process agent = agent(source);
    watch.victim(agent);
    assertThat(agent.waitFor(60, TimeUnit.SECONDS)).as(point).isTrue();
    final long before = watch.arrivedBytes();
    KillDuringTransfer calm = new KillDuringTransfer(new KillPoint() {});
    company.watchedBy(calm);

    assertThat(device.run("backup", source.toString())).as("%s: %s", point, device.err()).isZero();
    long more = before + calm.arrivedBytes() - needed(store);
    twice.put(point, more);
    assertThat(more).as(point).isBetween(0L, (long) CONNECTIONS * largest(store));

    Path target = folder.resolve("target");
    assertThat(device.run("restore", "--target", target.toString(), "--path", source.toString()))
        .as("%s: %s", point, device.err())
        .isZero();
    TreeComparator.assertEqual(source, target, point);
    DirectoryTrees.delete(target);
    assertThat(leftovers()).as(point).isEmpty();
    return agent.exitValue();
  }

  private List<String> leftovers() throws IOException {
    List<String> left = new ArrayList<>();
    try (Stream<Path> all = Files.walk(home)) {
      all.map(path -> home.relativize(path).toString())
          .filter(name -> name.contains("pending-") || name.endsWith(".new"))
          .forEach(left::add);
    }
    return left;
  }

  private static long needed(InMemoryBackupStore store) throws Exception {
    Set<Hash256> names = new HashSet<>();
    for (SnapshotView view : store.committed()) {
      names.addAll(store.objects(view.snapshotId()));
      names.add(Hash256.parse(view.root()));
    }
    long bytes = 0;
    for (Hash256 name : names) {
      bytes += store.get(name).length;
    }
    return bytes;
  }

  private static int largest(InMemoryBackupStore store) {
    return store.objects().values().stream().mapToInt(object -> object.length).max().orElseThrow();
  }

  private Process agent(Path source) throws IOException {
    return AgentProcess.start(
        home, folder.resolve("agent.log"), source.equals(tree), "backup", source.toString());
  }

  @Test
  void of_two_runs_at_once_one_is_done_and_the_other_says_why_not() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch first = new CountDownLatch(1);
    company.watchedBy(
        new KillDuringTransfer(
            new KillPoint() {
              @Override
              public void arrived(KillDuringTransfer watch, int object, long bytes)
                  throws IOException {
                first.countDown();
                KillDuringTransfer.await(second);
              }
            }));
    Process agent = agent(tree);
    KillDuringTransfer.await(first);
    assertThat(device.run("backup", tree.toString())).isEqualTo(9);
    assertThat(device.err()).contains("Another run").contains(home.toString());
    second.countDown();
    assertThat(agent.waitFor()).as(Files.readString(folder.resolve("agent.log"))).isZero();
    assertThat(company.store().committed()).hasSize(1);
    assertThat(device.run("backup", tree.toString())).isZero();
    assertThat(company.store().committed()).hasSize(2);
  }
}
