package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher starts, with a Java that only says how it was called. */
@Timeout(60)
class LauncherTest {

  private static final String CLIENT = "org.hikae.device.cli.ClientMain";
  private static final String AGENT = "org.hikae.device.cli.AgentMain";

  @TempDir private Path folder;
  private Path launcher;
  private Path socket;

  @BeforeEach
  void install() throws Exception {
    Path home = Files.createDirectories(folder.resolve("opt/hikae"));
    launcher = Files.createDirectories(home.resolve("bin")).resolve("hikae");
    Files.copy(BuildOutput.root().resolve("device/src/main/dist/hikae"), launcher);
    launcher.toFile().setExecutable(true);
    Files.createFile(Files.createDirectories(home.resolve("lib")).resolve("a.jar"));
    Files.createFile(home.resolve("lib/hikae-device-1.jar"));
    java("runtime", "25.0.3");
    socket = folder.resolve("agent.sock");
  }

  /** A Java below the agent's home that says how it was called. */
  private void java(String name, String version) throws IOException {
    Path runtime = folder.resolve("opt/hikae").resolve(name);
    Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho \"$0\"\nprintf '%s\\n' \"$$\" \"$HIKAE_PROGRAM\" \"$@\"\n");
    java.toFile().setExecutable(true);
    Files.writeString(
        runtime.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  /** What Java was called with: its path, the process, the program's name, and its arguments. */
  private List<String> started(Path program, Map<String, String> more, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().keySet().removeAll(List.of("HIKAE_SOCKET", "XDG_RUNTIME_DIR"));
    builder.environment().put("HIKAE_JAVA_HOME", folder.resolve("none").toString());
    builder.environment().putAll(more);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).as("it becomes Java").contains("\n" + process.pid() + "\n");
    return said.lines().toList();
  }

  private List<String> started(String... arguments) throws Exception {
    return started(launcher, Map.of("HIKAE_SOCKET", socket.toString()), arguments);
  }

  private ServerSocketChannel listening() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }

  @Test
  void a_client_is_started_for_what_an_agent_does_and_only_where_one_may_listen() throws Exception {
    assertThat(started("ls", "latest")).contains(AGENT).doesNotContain(CLIENT);
    try (ServerSocketChannel _ = listening()) {
      for (String command : DaemonCommandRules.COMMANDS) {
        assertThat(started(command, "x y", "--z"))
            .endsWith(CLIENT, command, "x y", "--z")
            .contains("-Dhikae.terminal=false")
            .contains(launcher.resolve("../../lib/hikae-device-1.jar").normalize().toString());
      }
      for (String command : List.of("status", "keys", "daemon", "mount", "--help", "")) {
        assertThat(started(command)).endsWith(AGENT, command);
      }
      assertThat(started()).endsWith(AGENT);
    }
  }

  @Test
  void its_list_of_such_commands_is_that_of_the_agent() throws Exception {
    String text = Files.readString(launcher);
    assertThat(DaemonCommandRules.COMMANDS)
        .as("in the order of the launcher")
        .containsExactlyInAnyOrder(
            text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("backup | ") && line.contains("snapshots"))
                .findFirst()
                .orElseThrow()
                .replace(")", "")
                .split(" \\| "));
  }

  @Test
  void a_command_that_no_agent_took_is_done_by_itself() throws Exception {
    try (ServerSocketChannel _ = listening()) {
      assertThat(started("--by-itself", "ls", "--by-itself")).endsWith(AGENT, "ls", "--by-itself");
    }
  }

  @Test
  void the_socket_of_the_session_counts_where_none_is_named() throws Exception {
    Map<String, String> session = Map.of("XDG_RUNTIME_DIR", folder.toString());
    socket = Files.createDirectory(folder.resolve("hikae")).resolve("agent.sock");
    try (ServerSocketChannel _ = listening()) {
      assertThat(started(launcher, session, "ls")).contains(CLIENT);
      assertThat(started(launcher, Map.of(), "ls")).contains(AGENT);
      assertThat(
              started(
                  launcher,
                  Map.of("XDG_RUNTIME_DIR", folder.toString(), "HIKAE_SOCKET", "none"),
                  "ls"))
          .contains(AGENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"opt/hikae/bin/hikae", "./opt/hikae/bin/hikae", "opt/../opt/./hikae/bin/hikae"})
  void it_finds_its_home_however_it_is_called(String called) throws Exception {
    List<String> said = started(Path.of("/bin/bash"), Map.of(), called, "status");
    Path home = folder.resolve("opt/hikae").toRealPath();
    assertThat(said.getFirst()).isEqualTo(home.resolve("runtime/bin/java").toString());
    assertThat(said)
        .contains(home.resolve("lib/a.jar") + ":" + home.resolve("lib/hikae-device-1.jar"));
  }

  @Test
  void it_finds_its_home_by_links_and_keeps_the_name_for_schedules() throws Exception {
    Path home = folder.resolve("opt/hikae").toRealPath();
    Files.createSymbolicLink(folder.resolve("current"), home);
    Path link = folder.resolve("linked");
    Files.createSymbolicLink(link, Path.of("current/bin/hikae"));
    for (Path program : List.of(link, folder.resolve("current/bin/hikae"))) {
      List<String> said = started(program, Map.of(), "status");
      assertThat(said.getFirst()).isEqualTo(home.resolve("runtime/bin/java").toString());
      assertThat(said.get(2)).isEqualTo(program.toString());
    }
  }

  @Test
  void directives_for_the_compiler_are_given_where_many_bytes_are_moved_and_java_takes_them()
      throws Exception {
    assertThat(started("restore")).noneMatch(said -> said.contains("Directives"));
    Path home = folder.resolve("opt/hikae").toRealPath();
    Path directives = home.resolve("lib/compiler.directives");
    Path dist = BuildOutput.root().resolve("device/src/main/dist");
    Files.copy(dist.resolve("compiler.directives"), directives);
    List<String> options =
        List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-DisplayVMOutput",
            "-XX:CompilerDirectivesFile=" + directives);
    assertThat(started("restore")).containsSequence(options);
    assertThat(started("daemon")).containsSequence(options);
    assertThat(started("status")).noneMatch(said -> said.contains("Directives"));

    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(options);
    command.add("--version");
    Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(said).isZero();
    assertThat(said.lines().findFirst().orElseThrow()).startsWith("openjdk");
  }

  @Test
  void directives_for_the_compiler_name_packages_that_are_there() throws Exception {
    Path device = BuildOutput.root().resolve("device/src/main");
    List<String> packages =
        Files.readString(device.resolve("dist/compiler.directives"))
            .lines()
            .map(line -> line.replaceAll("[\", ]", ""))
            .filter(line -> line.startsWith("org/hikae/"))
            .toList();
    assertThat(packages).isNotEmpty();
    for (String each : packages) {
      assertThat(each).endsWith("/*.*");
      assertThat(device.resolve("java").resolve(each.replace("/*.*", ""))).isDirectory();
    }
  }

  @Test
  void another_java_than_25_is_passed_over() throws Exception {
    java("runtime", "21.0.1");
    java("other", "26");
    Path other = folder.resolve("opt/hikae/other");
    assertThat(started(launcher, Map.of("HIKAE_JAVA_HOME", other.toString()), "status").getFirst())
        .isEqualTo(other.resolve("bin/java").toString());
  }
}
