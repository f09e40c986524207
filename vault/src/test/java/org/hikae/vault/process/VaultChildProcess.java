package org.hikae.vault.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.vault.cli.VaultMain;

/** A vault in a process of its own, started as the launcher starts it. */
final class VaultChildProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;

  private VaultChildProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static VaultChildProcess program(String... arguments) throws IOException {
    return program(Map.of(), arguments);
  }

  static VaultChildProcess program(Map<String, String> environment, String... arguments)
      throws IOException {
    return start(VaultMain.class, environment, arguments);
  }

  static VaultChildProcess start(
      Class<?> main, Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    return new VaultChildProcess(builder.start());
  }

  /** Reads output up to a line that begins like this. */
  String await(String beginning) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new AssertionError("The vault ended without saying: " + beginning);
    }
    return line;
  }

  /** The lines that nobody has read, up to the last one. */
  Stream<String> rest() {
    return out.lines();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The vault did not end.");
    }
    return process.exitValue();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(long nanos) throws InterruptedException {
    return process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, with the output left open. */
  void terminate() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** SIGKILL, with the output left open. */
  void kill() throws InterruptedException {
    assertThat(process.toHandle().destroyForcibly()).isTrue();
    exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
