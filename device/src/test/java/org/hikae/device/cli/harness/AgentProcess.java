package org.hikae.device.cli.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hikae.device.cli.AgentMain;

/** The agent in a process of its own, as it ships but for its archive of classes. */
public final class AgentProcess {

  private AgentProcess() {}

  /**
   * Prepares one that has read its home from a folder and no settings of this computer.
   *
   * @param quick whether to start sooner at the cost of large trees
   */
  public static ProcessBuilder of(Path home, boolean quick, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx224m", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=" + (quick ? 1 : 4));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(AgentMain.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HIKAE_HOME", home.toString());
    builder.environment().put("HIKAE_MANAGED", "/dev/null");
    // No agent that stays on this computer, but for those who say which.
    builder.environment().put("HIKAE_SOCKET", "none");
    return builder;
  }

  /** Starts one that writes what it says to a file. */
  public static Process start(Path home, Path log, boolean quick, String... arguments)
      throws IOException {
    return of(home, quick, arguments).redirectOutput(log.toFile()).start();
  }
}
