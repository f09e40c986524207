package org.hikae.it.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The agent's archives of classes are used whole under the options of its own launcher: by the
 * JVM's word, which says nothing to people when it takes one by halves or not at all. Time budget:
 * 15 seconds.
 */
@EveryThirdRun
class ClassArchiveIT {

  private static final String ARCHIVE = "lib/hikae.jsa";
  private static final String OF_CLIENTS = "lib/client.jsa";

  @TempDir private static Path folder;
  private static Path agent;

  /**
   * A copy of the agent as it is built, with the archives of the build, or ones made as the build
   * makes them where that left none or has made the jars anew.
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
    Path ofClients = agent.resolve(OF_CLIENTS);
    if (!isOfTheseJars(archive) || !isOfTheseJars(ofClients)) {
      Files.deleteIfExists(archive);
      Files.deleteIfExists(ofClients);
      makeArchives();
    }
  }

  private static boolean isOfTheseJars(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(archive);
    try (Stream<Path> files = Files.list(agent.resolve("lib"))) {
      for (Path file : files.filter(each -> !each.toString().endsWith(".jsa")).toList()) {
        if (Files.getLastModifiedTime(file).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void makeArchives() throws IOException, InterruptedException {
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
    Process process = start(command, "none");
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(folder.resolve(command + ".out")))
        .contains("hikae: ")
        .doesNotContain("][cds");
    // The rest is what hardly any command needs.
    assertUsedWhole(command, 40);
    List<String> loaded = Files.readAllLines(folder.resolve(command + ".classes"));
    assertThat(loaded.stream().filter(line -> line.contains(" org.bouncycastle.")))
        .noneMatch(line -> line.contains("source: file:"));
    // An archive holds none of those that can be told apart or written to a file.
    assertThat(count(loaded, "$$Lambda/0x", "source: org.hikae.")).isLessThan(5);
    assertThat(count(loaded, "$$Lambda/0x", "source: shared objects file")).isGreaterThan(20);
  }

  /** A client has one of its own. What answers it here says that it did the command. */
  @Test
  @Timeout(120)
  void the_archive_of_a_client_is_used_whole() throws Exception {
    Files.createDirectories(folder.resolve("home"));
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      Process process = start("ls", address.getPath().toString());
      try (SocketChannel client = server.accept()) {
        InputStream in = Channels.newInputStream(client);
        OutputStream out = Channels.newOutputStream(client);
        // The greeting of the same build; then it is taken, and ends with 0.
        for (int read = in.read(); read != '\n'; read = in.read()) {
          out.write(read);
        }
        out.write(new byte[] {'\n', 'Y', 0, 0, 0, 0, 'X', 0, 0, 0, 1, 0});
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      }
      assertThat(process.exitValue()).isZero();
    }
    // The rest is what no archive may hold.
    assertUsedWhole("ls", 60);
  }

  /** Leaves what the JVM says of its archive and its classes beside what the command says. */
  private static Process start(String command, String socket) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(agent.resolve("bin/hikae").toString(), command);
    if (command.equals("backup")) {
      builder.command().add(folder.toString());
    }
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HIKAE_HOME", folder.resolve("home").toString());
    builder.environment().put("HIKAE_MANAGED", "/dev/null");
    builder.environment().put("HIKAE_SOCKET", socket);
    Path log = folder.resolve(command + ".log");
    Path classes = folder.resolve(command + ".classes");
    builder
        .environment()
        .put(
            "JAVA_TOOL_OPTIONS",
            "-Xlog:cds=info,class+path=info:file=" + log + " -Xlog:class+load:file=" + classes);
    File out = folder.resolve(command + ".out").toFile();
    return builder.redirectOutput(out).redirectErrorStream(true).start();
  }

  /** Of what an archive holds at least so many classes are loaded for one from Java's modules. */
  private static void assertUsedWhole(String command, int times) throws IOException {
    assertThat(Files.readString(folder.resolve(command + ".log")))
        .contains("Archived app classpath validation: passed")
        .contains("optimized module handling: enabled")
        .contains("full module graph: enabled")
        .doesNotContain("Mismatched values");
    List<String> loaded = Files.readAllLines(folder.resolve(command + ".classes"));
    assertThat(count(loaded, "source: shared objects file"))
        .isGreaterThan(times * count(loaded, "source: jrt:/"));
    assertThat(loaded.stream().filter(line -> line.contains(" org.hikae.")))
        .noneMatch(line -> line.contains("source: file:"));
  }

  private static long count(List<String> lines, String... texts) {
    return lines.stream().filter(line -> Stream.of(texts).allMatch(line::contains)).count();
  }
}
