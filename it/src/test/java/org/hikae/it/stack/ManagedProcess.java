package org.hikae.it.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hikae.testing.TestTimeline;

/**
 * A child process with its log, which ends with its whole tree of children. Waiting has a deadline
 * and stops at once when the process dies; the message then holds the end of its log.
 */
final class ManagedProcess implements AutoCloseable {

  private static final int LOG_TAIL_LINES = 40;
  private static final long POLL_MILLIS = 100;
  private static final long GRACE_SECONDS = 20;

  private final String name;
  private final Path log;
  private final Process process;
  private final long begun = TestTimeline.now();
  private boolean awaited;

  private ManagedProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Something that becomes true once the process can be used; an exception means not yet. */
  @FunctionalInterface
  interface Readiness {
    boolean isReady() throws IOException, InterruptedException;
  }

  static ManagedProcess start(String name, Path log, Map<String, String> env, List<String> command)
      throws IOException {
    Path folder = log.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(env);
    // How the JVM runs is not what the tests are about; a measurement leaves it as it ships.
    String options = System.getProperty("hikae.stack.vm", "");
    if (!options.isEmpty()) {
      builder
          .environment()
          .put(
              "JAVA_TOOL_OPTIONS",
              (env.getOrDefault("JAVA_TOOL_OPTIONS", "") + " " + options).strip());
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    return new ManagedProcess(name, log, builder.start());
  }

  void await(Duration limit, Readiness readiness) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        if (readiness.isReady()) {
          if (!awaited) {
            awaited = true;
            TestTimeline.started(name, begun);
          }
          return;
        }
      } catch (IOException notYet) {
        // Nobody listens yet; the deadline below decides.
      }
      if (!process.isAlive()) {
        throw new IllegalStateException(
            name + " ended with " + process.exitValue() + ":\n" + logTail());
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            name + " was not ready within " + limit.toSeconds() + " s:\n" + logTail());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  Path log() {
    return log;
  }

  long pid() {
    return process.pid();
  }

  boolean runs() {
    return process.isAlive();
  }

  /** Every process of the tree, for tests that look into memory. */
  Stream<ProcessHandle> tree() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  /** Number of the server itself, which a script may have for a child; numbers begin anew. */
  long serverPid() {
    return tree()
        .filter(one -> one.children().findAny().isEmpty())
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElseThrow();
  }

  /** Ends the process as a power cut would. */
  void kill() throws InterruptedException {
    List<ProcessHandle> all = tree().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    List<ProcessHandle> all = tree().toList();
    all.forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
    try {
      while (all.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }
}
