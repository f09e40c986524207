package org.hikae.device.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TreeCompare;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores in processes of their own are killed; what has a name by then is whole, and the same
 * command with {@code --overwrite=if-changed} does the rest. Budget: 20 seconds.
 */
@Timeout(300)
class InterruptedRestoreTest {

  private static final String OBJECT = "GET /api/v1/device/objects/";

  @TempDir private Path folder;
  private FakeCompany company;
  private Bench bench;
  private TestSurroundings device;
  private Path home;
  private Path tree;
  private Path target;

  @BeforeEach
  void backUp() throws Exception {
    bench = new Bench(folder);
    company = bench.company();
    Path place = Files.createDirectories(folder.resolve("device"));
    device = TestSurroundings.in(place, Map.of());
    home = place.resolve("hikae");
    assertThat(device.run("login", "--server", company.url())).as(device.err()).isZero();
    assertThat(bench.makesDigits(device, false, "optin", "--yes", "--protect", "digit-key").exit())
        .as(device.err())
        .isZero();
    tree = tree();
    target = folder.resolve("target");
    assertThat(device.run("backup", tree.toString())).as(device.err()).isZero();
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
  }

  private Path tree() throws IOException {
    Path made = Files.createDirectory(folder.resolve("tree"));
    Random random = new Random(8);
    for (int i = 0; i < 5; i++) {
      Path below = Files.createDirectory(made.resolve("directory " + i));
      write(below.resolve("large"), random, 5_000_000);
      for (int j = 0; j < 100; j++) {
        write(below.resolve("small " + j), random, 37 * j);
      }
      Files.createLink(below.resolve("the same"), below.resolve("large"));
      Files.createSymbolicLink(below.resolve("link"), Path.of("small 7"));
    }
    return made;
  }

  private static void write(Path file, Random random, int length) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    Files.write(file, bytes);
  }

  @Test
  void a_killed_restore_leaves_whole_files_and_is_ended_by_the_same_command() throws Exception {
    long packs = objectsOfAWholeRestore();
    assertThat(packs).as("a restore fetches several packs").isGreaterThan(3);
    long seed = Long.getLong("hikae.seed", 0L);
    Random random = new Random(seed);
    int named = 0;
    for (int i = 0; i < 8 * Integer.getInteger("hikae.factor", 1); i++) {
      int object = i < packs ? i : random.nextInt((int) packs);
      int millis = i % 2 == 0 ? 0 : random.nextInt(150);
      named +=
          interrupted("object " + object + ", " + millis + " ms, seed " + seed, object, millis);
    }
    assertThat(named).as("files that killed restores had named").isPositive();
  }

  private long objectsOfAWholeRestore() throws Exception {
    AtomicInteger count = new AtomicInteger();
    watch(
        new KillingWatch.Point() {
          @Override
          public void asked(KillingWatch watch, String request) {
            if (request.startsWith(OBJECT)) {
              count.incrementAndGet();
            }
          }
        });
    assertThat(device.run(restore())).as(device.err()).isZero();
    assertSame("undisturbed");
    return count.get();
  }

  private KillingWatch watch(KillingWatch.Point point) {
    KillingWatch watch = new KillingWatch(point);
    company.watchedBy(watch);
    return watch;
  }

  private String[] restore() {
    return new String[] {
      "restore", "--target", target.toString(), "--path", tree.toString(), "--overwrite=if-changed"
    };
  }

  /** Returns how many files had their names when the process was gone. */
  private int interrupted(String point, int object, int millis) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    KillingWatch watch =
        watch(
            new KillingWatch.Point() {
              @Override
              public void asked(KillingWatch watch, String request) throws IOException {
                if (request.startsWith(OBJECT) && asked.getAndIncrement() == object) {
                  watch.killAfter(millis);
                }
              }
            });
    Path log = folder.resolve("agent.log");
    Process agent = AgentProcess.start(home, log, true, restore());
    watch.victim(agent);
    assertThat(agent.waitFor(60, TimeUnit.SECONDS)).as(point).isTrue();
    int named = assertWhole(point);

    watch(new KillingWatch.Point() {});
    assertThat(device.run(restore())).as("%s: %s", point, device.err()).isZero();
    assertSame(point);
    return named;
  }

  private int assertWhole(String point) throws IOException {
    if (!Files.exists(target)) {
      return 0;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(target)) {
      files = all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : files) {
      assertThat(tree.resolve(target.relativize(file)))
          .as("%s: %s", point, file)
          .hasSameBinaryContentAs(file);
    }
    return files.size();
  }

  private void assertSame(String point) throws Exception {
    assertThat(
            TreeCompare.compare(
                    RawPath.of(tree.toString()),
                    RawPath.of(target.toString()),
                    TreeCompare.Options.STRICT)
                .differences())
        .as(point)
        .isEmpty();
    Trees.delete(target);
  }
}
