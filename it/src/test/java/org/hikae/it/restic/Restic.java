package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.it.caller.Company;
import org.hikae.it.stack.Stack;

/**
 * The unmodified restic of the operating system, as an employee runs it; {@code hikae.restic} names
 * another version's program.
 */
final class Restic {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROGRAM = System.getProperty("hikae.restic", "restic");
  private static final long LIMIT_SECONDS = 300;

  private final Client client;
  private final Path cache;

  Restic(Client client, Path cache) {
    this.client = client;
    this.cache = cache;
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
    List<String> command = new ArrayList<>(List.of(PROGRAM));
    for (Object word : words) {
      command.add(word.toString());
    }
    Stack stack = Company.on(client.kind()).stack();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "RESTIC_REPOSITORY",
                "rest:" + stack.portalUrl() + "/api/restic/" + client.repository() + "/",
                "RESTIC_REST_USERNAME",
                client.username(),
                "RESTIC_REST_PASSWORD",
                client.password(),
                "RESTIC_PASSWORD",
                "only for tests",
                "RESTIC_CACERT",
                stack.caFile().toString(),
                "RESTIC_CACHE_DIR",
                cache.toString(),
                "LC_ALL",
                "C.UTF-8"));
    return builder;
  }
}
