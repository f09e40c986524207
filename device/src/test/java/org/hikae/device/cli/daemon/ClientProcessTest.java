package org.hikae.device.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.device.cli.ClientMain;
import org.hikae.device.cli.harness.AgentHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in a process of its own. Budget: 4 s. */
@Timeout(120)
class ClientProcessTest {

  /** Not signed in: enough to see that the agent has done a command. */
  private static final int REFUSED = 6;

  /** Of this program; a usual command loads about 25. */
  private static final int MOST_CLASSES = 32;

  /** Of Java, beyond those that it has at hand in its own archive; about 144. */
  private static final int MOST_READ_CLASSES = 170;

  @TempDir private Path folder;

  private ProcessBuilder client(Map<String, String> more, List<String> options, String arguments) {
    List<String> command =
        new ArrayList<>(List.of("/bin/bash", "-c", "exec \"$@\" " + arguments, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(options);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ClientMain.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("HIKAE_MANAGED", "TZ", "HIKAE_PROGRAM"));
    builder.environment().putAll(more);
    return builder;
  }

  private static String said(Process process, int expected) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(expected);
    return said;
  }

  @Test
  void of_a_usual_command_it_loads_few_classes() throws Exception {
    AgentHarness device =
        AgentHarness.in(Files.createDirectories(folder.resolve("first")), Map.of());
    try (DaemonFixture daemon = new DaemonFixture(device, folder)) {
      Files.createDirectories(daemon.home());
      Path log = folder.resolve("classes");
      Map<String, String> environment = device.environment().environment();
      List<String> options = List.of("-Dhikae.terminal=false", "-Xlog:class+load:file=" + log);
      String said = said(client(environment, options, "snapshots --lang en").start(), REFUSED);

      assertThat(said).contains("hikae login");
      assertThat(daemon.commands()).containsExactly(List.of("snapshots", "--lang", "en"));
      List<String> loaded = Files.readAllLines(log);
      assertThat(loaded)
          .noneMatch(line -> line.contains(" picocli.") || line.contains(" com.fasterxml."))
          .noneMatch(line -> line.contains(" org.hikae.") && line.contains("$$Lambda"))
          .noneMatch(line -> line.contains(" java.util.regex."));
      assertThat(loaded.stream().filter(line -> line.contains(" org.hikae.")))
          .hasSizeLessThan(MOST_CLASSES);
      assertThat(loaded.stream().filter(line -> line.contains("source: jrt:")))
          .hasSizeLessThan(MOST_READ_CLASSES);
    }
  }

  @Test
  void without_its_launcher_it_says_so_and_ends() throws Exception {
    assertThat(said(client(Map.of("HIKAE_SOCKET", "none"), List.of(), "ls").start(), 9))
        .isEqualTo("hikae: the program itself could not be started. Set HIKAE_SOCKET=none.\n");
  }

  @Test
  void where_no_agent_takes_it_the_process_becomes_the_one_that_does_it_by_itself()
      throws Exception {
    Path launcher = folder.resolve("a launcher");
    Files.writeString(
        launcher, "#!/bin/sh\necho $$ $#\nprintf '%s\\n' \"$@\" | od -An -c -w80\ncat\nexit 42\n");
    launcher.toFile().setExecutable(true);
    Map<String, String> environment =
        Map.of("HIKAE_SOCKET", "none", "HIKAE_PROGRAM", launcher.toString());
    Process process = client(environment, List.of(), "ls $'caf\\xe9' ''").start();
    process.getOutputStream().write("typed".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().close();

    String said = said(process, 42);
    assertThat(said.lines().findFirst()).as(said).contains(process.pid() + " 4");
    assertThat(said.replace(" ", "")).contains("--by-itself\\nls\\ncaf351\\n\\n").endsWith("typed");
  }
}
