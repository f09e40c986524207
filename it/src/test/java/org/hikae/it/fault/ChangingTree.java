package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hikae.it.agent.AgentEdgeCaseTree;

/**
 * A small tree with many kinds of files of which a little changes from backup to backup. The bytes
 * of what changes follow from a plan of seeds and sizes, so that any snapshot can be compared with
 * what it was made of, however often the tree has changed since.
 */
final class ChangingTree {

  private static final int FILES = 12;
  private static final int MOST_BYTES = 600_000;
  private static final int LARGE_BYTES = 1_000_000;

  private final Path root;
  private final Map<String, Content> plan = new TreeMap<>();

  /** What a file is made of. */
  private record Content(long seed, int length) {
    byte[] bytes() {
      byte[] bytes = new byte[length];
      new Random(seed).nextBytes(bytes);
      return bytes;
    }
  }

  /**
   * What the changing files were at some time.
   *
   * @param files their contents by name
   */
  record Plan(Map<String, Content> files) {}

  ChangingTree(Path root) throws IOException, InterruptedException {
    this.root = root;
    AgentEdgeCaseTree.make(root.resolve("nasty"), LARGE_BYTES);
    Files.createDirectory(root.resolve("changing"));
  }

  Path root() {
    return root;
  }

  /** Rewrites some files, removes one and renames one. */
  void change(Random random) throws IOException {
    for (int i = 0; i < 3; i++) {
      write("file " + random.nextInt(FILES), random);
    }
    String removed = "file " + random.nextInt(FILES);
    Files.deleteIfExists(file(removed));
    plan.remove(removed);
    String from = "file " + random.nextInt(FILES);
    Content moved = plan.remove(from);
    if (moved != null) {
      Files.move(file(from), file("moved " + from), StandardCopyOption.ATOMIC_MOVE);
      plan.put("moved " + from, moved);
    }
    // At least one that was not there before, so that every backup has something to send.
    write("file " + random.nextInt(FILES), random);
  }

  /** Writes so many bytes that no backup had before. */
  void add(int bytes, Random random) throws IOException {
    write("added", new Content(random.nextLong(), bytes));
  }

  private void write(String name, Random random) throws IOException {
    write(name, new Content(random.nextLong(), 1 + random.nextInt(MOST_BYTES)));
  }

  private void write(String name, Content content) throws IOException {
    Files.write(file(name), content.bytes());
    plan.put(name, content);
  }

  private Path file(String name) {
    return root.resolve("changing").resolve(name);
  }

  Plan plan() {
    return new Plan(Map.copyOf(plan));
  }

  /** Asserts that a restored tree is what this one is now. */
  void requireEqual(Path restored, String told) {
    requireSame("", restored, told);
  }

  /** Asserts that a restored tree is what this one was when it was planned so. */
  void requireAsPlanned(Path restored, Plan then, String told) throws IOException {
    requireSame("nasty", restored, told);
    Path changing = restored.resolve("changing");
    try (Stream<Path> names = Files.list(changing)) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .as(told)
          .containsExactlyInAnyOrderElementsOf(then.files().keySet());
    }
    for (Map.Entry<String, Content> file : then.files().entrySet()) {
      assertThat(Files.readAllBytes(changing.resolve(file.getKey())))
          .as(told + ", " + file.getKey())
          .isEqualTo(file.getValue().bytes());
    }
  }

  /** Of all, or of a folder in it. */
  private void requireSame(String folder, Path restored, String told) {
    Path original = root.resolve(folder);
    Path copy = restored.resolve(folder);
    assertThatCode(
            () -> {
              assertThat(ofDirectory(copy)).isEqualTo(ofDirectory(original));
              AgentEdgeCaseTree.assertSameEntries(original, copy);
              AgentEdgeCaseTree.assertSameAttribute(
                  root.resolve("nasty"), restored.resolve("nasty"));
            })
        .as(told)
        .doesNotThrowAnyException();
  }

  private static Map<String, Object> ofDirectory(Path path) throws IOException {
    return Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime");
  }

  /** Removes a restored tree. */
  static void remove(Path tree) throws IOException, InterruptedException {
    // Names that are no text are beyond java.nio.
    int exit = new ProcessBuilder("rm", "-rf", tree.toString()).inheritIO().start().waitFor();
    assertThat(exit).isZero();
  }
}
