package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Comparator;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;

/** A tree that has everything which backups are known to lose. */
public final class AgentEdgeCaseTree {

  /** The size of the one large file, of random bytes: several packs. */
  static final int LARGE_BYTES = 24 * 1024 * 1024;

  private static final String SCRIPT =
      """
      set -e
      umask 022
      mkdir -p "$1" && cd "$1"
      mkdir -p deep/er/and/deeper empty-directory 'with space'
      printf 'hello' > deep/er/and/deeper/file
      : > empty-file
      head -c "$2" /dev/urandom > large
      head -c 700000 /dev/urandom > cut-in-chunks
      truncate -s 20M sparse && printf 'middle' | dd of=sparse bs=1 seek=10M conv=notrunc status=none
      ln -s deep/er link && ln -s nowhere dangling
      printf 'linked' > hard-1 && ln hard-1 hard-2 && ln hard-1 deep/hard-3
      printf 'latin' > "$(printf 'caf\\351')"
      printf 'newline' > "$(printf 'a\\nb')"
      printf 'japanese' > '控え.txt'
      printf 'long' > "$(printf 'n%.0s' $(seq 255))"
      printf 'mode' > private && chmod 600 private
      printf 'run' > program && chmod 4755 program
      printf 'attributes' > attributes
      printf 'option' > ./-rf && printf 'blank' > ' '
      mkfifo -m 000 pipe && touch -d '1999-12-31 23:59:58.25' pipe
      ln -s "$(printf '\\377')" raw-link
      mkdir -m 1777 sticky && mkdir -p "$(printf 'deep/%.0s' $(seq 200))"
      printf 'old' > old && touch -d '1960-02-29 12:34:56.123456789' old
      if [ "$(id -u)" = 0 ]; then chown 1234:5678 old && chown -h 1234:5678 dangling; fi
      chmod 2775 deep && touch -d '2001-02-03 04:05:06.789' deep/er/and/deeper/file
      touch -h -d '1999-12-31 23:59:59.5' link
      touch -d '2010-01-01 00:00:00' empty-directory
      """;

  private AgentEdgeCaseTree() {}

  static void make(Path folder) throws IOException, InterruptedException {
    make(folder, LARGE_BYTES);
  }

  /** The same with a large file of another size. */
  public static void make(Path folder, int largeBytes) throws IOException, InterruptedException {
    run("bash", "-c", SCRIPT, "nasty", folder.toString(), String.valueOf(largeBytes));
    attributes(folder).write("hikae", ByteBuffer.wrap("kept".getBytes(StandardCharsets.US_ASCII)));
  }

  /** Asserts that a copy has the same entries, and that the extended attribute came along. */
  static void assertEqual(Path original, Path copy) throws IOException, InterruptedException {
    assertSameEntries(original, copy);
    assertSameAttribute(original, copy);
  }

  /**
   * Asserts that names, types, modes, owners, times, links and contents of all that is below two
   * directories are the same, by programs that share no code with the agent.
   */
  public static void assertSameEntries(Path original, Path copy)
      throws IOException, InterruptedException {
    run(
        "bash",
        BuildOutput.script("compare-trees").toString(),
        original.toString(),
        copy.toString());
  }

  /** Asserts that names and contents below two directories are the same, and nothing else. */
  static void assertSameContents(Path original, Path copy)
      throws IOException, InterruptedException {
    run("diff", "-r", original.toString(), copy.toString());
  }

  /** The largest file below a directory. */
  static Path largest(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .max(Comparator.comparingLong(each -> each.toFile().length()))
          .orElseThrow();
    }
  }

  /** Asserts that the one file with an extended attribute has the same one in a copy. */
  public static void assertSameAttribute(Path original, Path copy) throws IOException {
    assertThat(attributes(copy).list()).containsExactlyElementsOf(attributes(original).list());
    assertThat(attribute(copy)).isEqualTo(attribute(original)).isEqualTo("kept");
  }

  private static UserDefinedFileAttributeView attributes(Path tree) {
    return Files.getFileAttributeView(
        tree.resolve("attributes"), UserDefinedFileAttributeView.class);
  }

  private static String attribute(Path tree) throws IOException {
    ByteBuffer value = ByteBuffer.allocate(100);
    attributes(tree).read("hikae", value);
    return new String(value.array(), 0, value.position(), StandardCharsets.US_ASCII);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("nasty", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int exitCode = process.waitFor();
      String out = Files.readString(said, StandardCharsets.ISO_8859_1);
      assertThat(exitCode).as(out).isZero();
      return out;
    } finally {
      Files.delete(said);
    }
  }
}
