package org.hikae.it.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.testing.BuildOutput;

/**
 * A machine to install on: a mount and process name space of this one, with users, {@code /etc},
 * {@code /opt} and {@code /var} of its own and this one's network. Everything that runs there ends
 * with it, whatever ends the tests. {@code /srv/hikae} is the reactor, {@code /srv/jdk} the Java of
 * the tests; no systemd runs, and a stand-in does what units say.
 */
final class GuestMachine {

  private static final long LIMIT_SECONDS = 900;
  private static final Path RESOURCES = Path.of("it/src/test/resources/install");

  private final Process holder;
  private final long firstProcess;
  private final Path folder;
  private String settings = "";

  private GuestMachine(Process holder, long firstProcess, Path folder) {
    this.holder = holder;
    this.firstProcess = firstProcess;
    this.folder = folder;
  }

  /** Starts one whose files lie in {@code folder}, which is forgotten first. */
  static GuestMachine start(Path folder) throws IOException, InterruptedException {
    assertThat(System.getProperty("user.name"))
        .as("An installation makes users and mounts: this test must be run as root")
        .isEqualTo("root");
    Process forget =
        new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString()).start();
    assertThat(forget.waitFor()).isZero();
    Files.createDirectories(folder);
    Path log = folder.resolve("machine.log");
    Process holder =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "bash",
                BuildOutput.root().resolve(RESOURCES).resolve("machine").toString(),
                folder.toString(),
                BuildOutput.root().toString(),
                System.getProperty("java.home"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.readString(log).contains("ready")) {
      assertThat(holder.isAlive() && System.nanoTime() < deadline)
          .as(() -> "no machine: " + read(log))
          .isTrue();
      Thread.sleep(50);
    }
    return new GuestMachine(holder, holder.children().findFirst().orElseThrow().pid(), folder);
  }

  /** Every later command begins with these lines. */
  void settings(String lines) {
    settings = lines;
  }

  /** A file of the machine as this one sees it. */
  Path at(String absolute) {
    return Path.of("/proc/" + firstProcess + "/root" + absolute);
  }

  /** A command in root's shell there, with these positional parameters. */
  ProcessBuilder command(String script, String... parameters) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("nsenter", "--target", String.valueOf(firstProcess), "--mount", "--pid"));
    words.addAll(List.of("--", "bash", "-euo", "pipefail", "-c", settings + script, "root"));
    words.addAll(List.of(parameters));
    ProcessBuilder builder = new ProcessBuilder(words);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/srv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("JAVA_TOOL_OPTIONS", System.getProperty("hikae.stack.vm", ""));
    return builder.redirectInput(Path.of("/dev/null").toFile());
  }

  /** Runs a command, which must succeed, and gives what it said. */
  String run(String script) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process =
        command(script).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + script + "\n" + read(said));
    }
    assertThat(process.exitValue()).as(() -> script + "\n" + read(said) + logs()).isZero();
    return read(said);
  }

  /** The ends of what services logged. */
  private String logs() {
    StringBuilder logs = new StringBuilder();
    for (String unit : List.of("hikae-keycloak", "hikae-vault", "hikae-portal")) {
      Path log = folder.resolve("var/log/" + unit + ".log");
      List<String> lines = Files.exists(log) ? read(log).lines().toList() : List.of();
      List<String> last = lines.subList(Math.max(0, lines.size() - 25), lines.size());
      logs.append("\n--- ").append(unit).append('\n').append(String.join("\n", last));
    }
    return logs.toString();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** Ends everything that runs there. */
  void end() throws IOException, InterruptedException {
    holder.getOutputStream().close();
    if (!holder.waitFor(30, TimeUnit.SECONDS)) {
      holder.destroyForcibly();
    }
  }
}
