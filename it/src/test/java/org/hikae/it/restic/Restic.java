package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * An unmodified restic, as an employee runs it: the one of the operating system, which is first in
 * {@code PATH}, or another version's program.
 */
final class Restic {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Before it, user name, password and authorities are not read from the environment. */
  private static final Version READS_ENVIRONMENT = Version.parse("0.16.1");

  private static final long LIMIT_SECONDS = 300;

  private final ResticDevice resticDevice;
  private final Path cache;
  private final String program;
  private final Version version;

  Restic(ResticDevice resticDevice, Path cache) throws Exception {
    this(resticDevice, cache, "restic");
  }

  private Restic(ResticDevice resticDevice, Path cache, String program) throws Exception {
    this.resticDevice = resticDevice;
    this.cache = cache;
    this.program = program;
    this.version = versionOf(program);
  }

  private static Version versionOf(String program) throws Exception {
    Process process = new ProcessBuilder(program, "version").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Version.parse(said.split(" ", 3)[1]);
  }

  /** The same repository by another version's program. */
  Restic by(Path other) throws Exception {
    return new Restic(resticDevice, Files.createTempDirectory(cache, "other"), other.toString());
  }

  Version version() {
    return version;
  }

  /** How a run ended. */
  record Ended(int exitCode, String out, String said) {

    Ended well() {
      assertThat(exitCode).as("%s", this).isZero();
      return this;
    }

    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + out, e);
      }
    }
  }

  /** Runs restic to its end. */
  Ended run(Object... words) throws Exception {
    Path out = Files.createTempFile(cache, "restic", ".out");
    Path err = Files.createTempFile(cache, "restic", ".err");
    Process process =
        builder(words).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          List.of(words) + " did not end: " + Files.readString(err, StandardCharsets.UTF_8));
    }
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /**
   * Runs restic until it says something on its error channel, and stops it then: it repeats for
   * long what later versions give up at once.
   */
  String runUntilItSays(String text, Object... words) throws Exception {
    Path err = Files.createTempFile(cache, "restic", ".err");
    Process process =
        builder(words)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    String said = "";
    while (!said.contains(text) && process.isAlive() && System.nanoTime() < deadline) {
      process.waitFor(100, TimeUnit.MILLISECONDS);
      said = Files.readString(err, StandardCharsets.UTF_8);
    }
    process.destroy();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  /** Starts restic and lets it run. */
  Process start(Object... words) throws Exception {
    return builder(words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private ProcessBuilder builder(Object... words) throws Exception {
    Stack stack = TestCompany.on(resticDevice.kind()).stack();
    String address = stack.portalUrl() + "/api/restic/" + resticDevice.repository() + "/";
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "RESTIC_PASSWORD",
                "only for tests",
                "RESTIC_CACHE_DIR",
                cache.toString(),
                "LC_ALL",
                "C.UTF-8"));
    List<String> command = new ArrayList<>(List.of(program));
    if (version.compareTo(READS_ENVIRONMENT) < 0) {
      command.addAll(List.of("--cacert", stack.caFile().toString()));
      String user = URLEncoder.encode(resticDevice.username(), StandardCharsets.UTF_8);
      String password = URLEncoder.encode(resticDevice.password(), StandardCharsets.UTF_8);
      address = address.replaceFirst("://", "://" + user + ":" + password + "@");
    } else {
      environment.put("RESTIC_CACERT", stack.caFile().toString());
      environment.put("RESTIC_REST_USERNAME", resticDevice.username());
      environment.put("RESTIC_REST_PASSWORD", resticDevice.password());
    }
    environment.put("RESTIC_REPOSITORY", "rest:" + address);
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    return builder;
  }
}
