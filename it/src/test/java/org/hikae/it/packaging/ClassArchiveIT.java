package org.hikae.it.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent's archive of classes is used whole under the options of its own launcher: by the JVM's
 * word, which says nothing to people when it takes one by halves or not at all. Time budget: 15
 * seconds.
 */
class ClassArchiveIT {

  private static final String ARCHIVE = "lib/hikae.jsa";

  @TempDir private static Path folder;
  private static Path agent;

  /**
   * A copy of the agent as it is built, with the archive of the build, or one made as the build
   * makes it where that left none or has made the jars anew.
   */
  @BeforeAll
  static void copy_the_agent() throws Exception {
    Path built = BuildOutput.root().resolve("device/target/hikae");
    agent = folder.resolve("agent");
    for (String part : List.of("bin", "lib")) {
      Path to = Files.createDirectories(agent.resolve(part));
      try (Stream<Path> files = Files.list(built.resolve(part))) {
        // The archive goes by the times of the jars.
        files.forEach(file -> copy(file, to.resolve(file.getFileName())));
      }
    }
    Path archive = agent.resolve(ARCHIVE);
    if (!isOfTheseJars(archive)) {
      Files.deleteIfExists(archive);
      makeArchive();
    }
  }

  private static boolean isOfTheseJars(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(archive);
    try (Stream<Path> files = Files.list(agent.resolve("lib"))) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void makeArchive() throws IOException, InterruptedException {
    ProcessBuilder making =
        new ProcessBuilder(
            BuildOutput.script("package/class-archive").toString(),
            agent.toString(),
            System.getProperty("java.home"),
            ARCHIVE);
    making.environment().put("JAVA_HOME", System.getProperty("java.home"));
    File said = folder.resolve("said").toFile();
    Process process = making.redirectErrorStream(true).redirectOutput(said).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said.toPath())).isZero();
  }

  private static void copy(Path file, Path to) {
    try {
      Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each ends at once, because nobody is signed in and nothing is scheduled. */
  @ParameterizedTest
  @ValueSource(strings = {"status", "backup", "daemon"})
  void the_archive_is_used_whole(String command) throws Exception {
    Path log = folder.resolve(command + ".log");
    ProcessBuilder builder = new ProcessBuilder(agent.resolve("bin/hikae").toString(), command);
    if (command.equals("backup")) {
      builder.command().add(folder.toString());
    }
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HIKAE_HOME", folder.resolve("home").toString());
    builder.environment().put("HIKAE_MANAGED", "/dev/null");
    builder.environment().put("HIKAE_SOCKET", "none");
    Path classes = folder.resolve(command + ".classes");
    builder
        .environment()
        .put(
            "JAVA_TOOL_OPTIONS",
            "-Xlog:cds=info,class+path=info:file=" + log + " -Xlog:class+load:file=" + classes);
    File out = folder.resolve(command + ".out").toFile();
    Process process = builder.redirectOutput(out).redirectErrorStream(true).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(Files.readString(out.toPath())).contains("hikae: ").doesNotContain("][cds");
    assertThat(Files.readString(log))
        .contains("Archived app classpath validation: passed")
        .contains("optimized module handling: enabled")
        .contains("full module graph: enabled")
        .doesNotContain("Mismatched values");
    List<String> loaded = Files.readAllLines(classes);
    // The rest is what hardly any command needs.
    assertThat(count(loaded, "source: shared objects file"))
        .isGreaterThan(8 * count(loaded, "source: jrt:/"));
    assertThat(loaded.stream().filter(line -> line.contains(" org.hikae.")))
        .noneMatch(line -> line.contains("source: file:"));
  }

  private static long count(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }
}
