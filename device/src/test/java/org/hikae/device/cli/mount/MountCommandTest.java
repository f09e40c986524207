package org.hikae.device.cli.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.AgentProcess;
import org.hikae.device.cli.harness.CompanyFixture;
import org.hikae.device.files.EdgeCaseTree;
import org.hikae.device.files.FileHandle;
import org.hikae.device.files.RawPath;
import org.hikae.device.files.TemporaryTree;
import org.hikae.device.files.TreeComparator;
import org.hikae.device.fuse.FuseProgram;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel looks at snapshots through an agent in a process of its own. What it takes of a mount
 * that needs no kernel is in {@code MountedTreeTest} and {@code FuseServerTest}.
 */
@Timeout(300)
@EveryThirdRun
class MountCommandTest {

  private static final Pattern RECEIVED =
      Pattern.compile("\"event\":\"unmounted\".*\"bytesReceived\":([0-9]+)");

  @TempDir private Path folder;
  private CompanyFixture companyFixture;
  private AgentHarness device;
  private TemporaryTree tree;
  private Path point;
  private Process agent;

  @BeforeEach
  void signIn() throws Exception {
    companyFixture = new CompanyFixture(folder);
    device = companyFixture.deviceWithoutVault("device");
    tree = new TemporaryTree();
    point = folder.resolve("a mount");
  }

  @AfterEach
  void stop() throws Exception {
    if (agent != null) {
      assertThat(end(agent)).isTrue();
    }
    tree.close();
    companyFixture.close();
  }

  /** As Ctrl-C does; what it says can still be read. */
  private static boolean end(Process process) throws InterruptedException {
    var _ = process.toHandle().destroy();
    return process.waitFor(1, TimeUnit.MINUTES);
  }

  private static void assumeFuse() {
    assumeTrue(FuseProgram.find(Map.of()).isPresent(), "no /dev/fuse or no fusermount3 here");
  }

  /** Returns when it is mounted; what was said until then. */
  private String mount() throws IOException {
    agent =
        AgentProcess.of(folder.resolve("device/hikae"), true, "mount", "--json", point.toString())
            .start();
    BufferedReader out = agent.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    while (said.indexOf("\"event\":\"mounted\"") < 0) {
      String line = out.readLine();
      assertThat(line).as(said.toString()).isNotNull();
      said.append(line).append('\n');
    }
    return said.toString();
  }

  private List<Path> mountedAt() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      String escaped = point.toRealPath().toString().replace(" ", "\\040");
      return lines.filter(line -> line.contains(" " + escaped + " ")).map(_ -> point).toList();
    }
  }

  /** The folder of the only snapshot, at the tree that was backed up. */
  private String shown() {
    return point + "/latest" + tree.place();
  }

  @Test
  void a_tree_of_everything_is_the_same_through_the_mount() throws Exception {
    assumeFuse();
    try (FileHandle at = tree.makeDirectory("source")) {
      new EdgeCaseTree(tree.files(), 27).fill(at);
    }
    assertThat(device.run("backup", tree.place().toString())).as(device.err()).isZero();

    assertThat(mount()).contains("\"snapshots\":1");

    TreeComparator.TreeComparison outcome =
        TreeComparator.compare(tree.path("source"), RawPath.of(shown() + "/source"));
    assertThat(outcome.differences()).isEmpty();
    assertThat(outcome.entries()).isGreaterThan(250);
    // Once more, from what the kernel remembers.
    TreeComparator.assertEqual(tree.path("source"), RawPath.of(shown() + "/source"));
    Path link = Path.of(shown(), "source/kinds/aa earlier name");
    assertThat(Files.getAttribute(link, "unix:nlink")).isEqualTo(3);
    assertThatThrownBy(() -> Files.writeString(Path.of(shown(), "new"), "no"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Read-only");

    assertThat(end(agent)).isTrue();
    assertThat(mountedAt()).isEmpty();
  }

  private void backUpLetter() throws Exception {
    Files.writeString(tree.place().resolve("letter"), "dear diary");
    assertThat(device.run("backup", tree.place().toString())).as(device.err()).isZero();
  }

  private static void kill(Process agent, boolean withHelper) throws Exception {
    if (withHelper) {
      try (Stream<ProcessHandle> helpers = agent.descendants()) {
        assertThat(helpers.filter(ProcessHandle::destroyForcibly).count()).isPositive();
      }
    }
    assertThat(agent.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void after_a_kill_the_same_command_mounts_again() throws Exception {
    assumeFuse();
    backUpLetter();
    var _ = mount();
    assertThat(Files.readString(Path.of(shown(), "letter"))).isEqualTo("dear diary");

    kill(agent, false);
    var _ = mount();
    assertThat(Files.readString(Path.of(shown(), "letter"))).isEqualTo("dear diary");

    kill(agent, true);
    assertThat(mountedAt()).as("nobody has taken it away").isNotEmpty();
    assertThat(point.toFile().list()).as("nobody answers").isNull();
    assertThat(mount()).contains("Taken away: " + point.toRealPath());
    assertThat(Files.readString(Path.of(shown(), "letter"))).isEqualTo("dear diary");

    assertThat(device.run("mount", point.toString())).isEqualTo(6);
    assertThat(device.err()).contains("shows snapshots already");
  }

  /** HK1-C-07: a search and one piece of a large file take their buckets, and few of them. */
  @Test
  void what_programs_read_is_fetched_and_little_else() throws Exception {
    assumeFuse();
    byte[] large = new byte[20_000_000];
    new Random(27).nextBytes(large);
    Files.write(tree.place().resolve("film"), large);
    Files.createDirectory(tree.place().resolve("notes"));
    for (int i = 0; i < 300; i++) {
      Files.writeString(tree.place().resolve("notes/" + i), "note " + i + " of many\n");
    }
    backUpLetter();
    var _ = mount();

    Process grep =
        new ProcessBuilder("grep", "-rl", "note 299", shown() + "/notes")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(grep.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(shown() + "/notes/299\n");
    try (FileChannel film = FileChannel.open(Path.of(shown(), "film"))) {
      ByteBuffer piece = ByteBuffer.allocate(100_000);
      while (piece.hasRemaining()) {
        assertThat(film.read(piece, 12_345_678L + piece.position())).isPositive();
      }
      assertThat(piece.array()).isEqualTo(Arrays.copyOfRange(large, 12_345_678, 12_445_678));
    }

    assertThat(end(agent)).isTrue();
    Matcher received = RECEIVED.matcher(agent.inputReader(StandardCharsets.UTF_8).readLine());
    assertThat(received.find()).isTrue();
    assertThat(Long.parseLong(received.group(1))).isBetween(100_000L, 6_000_000L);
  }

  @Test
  void a_backup_beside_it_leaves_it_out_and_whoever_unmounts_ends_it() throws Exception {
    assumeFuse();
    backUpLetter();
    point = tree.place().resolve("a mount");
    var _ = mount();

    assertThat(device.run("backup", tree.place().toString())).as(device.err()).isZero();
    assertThat(device.run("ls", "latest", tree.place().toString())).isZero();
    assertThat(device.out()).contains(tree.place() + "/letter").doesNotContain("a mount/");

    Process unmount = new ProcessBuilder("fusermount3", "-u", point.toString()).inheritIO().start();
    assertThat(unmount.waitFor()).isZero();

    assertThat(agent.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(agent.exitValue()).isZero();
    assertThat(mountedAt()).isEmpty();
  }

  @Test
  void where_there_is_no_fuse_it_says_so_and_what_to_do() throws Exception {
    AgentHarness without =
        AgentHarness.in(folder.resolve("device"), Map.of("PATH", folder.toString()));

    assertThat(without.run("mount", point.toString())).isEqualTo(9);

    assertThat(without.err()).contains("fuse3").contains("hikae ls").contains("hikae restore");
    assertThat(point).doesNotExist();
  }

  @Test
  void a_directory_with_something_in_it_is_refused() throws Exception {
    assumeFuse();
    Files.createDirectories(point.resolve("something"));

    assertThat(device.run("mount", point.toString())).isEqualTo(6);

    assertThat(device.err()).contains("is not empty");
  }
}
