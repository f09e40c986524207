package org.hikae.it.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The server process of an embedded PostgreSQL and its children: killed as a power cut would end
 * them, and started again with the same arguments, perhaps where its data lie on a {@link
 * SmallVolume}.
 */
final class PostgresProcess {

  private static final long GRACE_NANOS = 20_000_000_000L;
  private static final long POLL_MILLIS = 10;

  private final Path data;
  private final Path log;
  private final List<String> command;
  private @Nullable ManagedProcess started;

  private PostgresProcess(Path data, List<String> command) {
    this.data = data;
    this.log = data.resolveSibling("postgresql.log");
    this.command = command;
  }

  /** The running server of a data directory. */
  static PostgresProcess of(Path data) throws IOException {
    String arguments =
        Files.readString(
            Path.of("/proc", String.valueOf(pid(data)), "cmdline"), StandardCharsets.UTF_8);
    return new PostgresProcess(data, List.of(arguments.split("\0")));
  }

  private static long pid(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
  }

  /** Ends the server and its children without letting them write anything. */
  void kill(@Nullable SmallVolume volume) throws IOException, InterruptedException {
    Path seen = volume == null ? data : volume.inside(data);
    if (!Files.exists(seen.resolve("postmaster.pid"))) {
      return;
    }
    ProcessHandle server = ProcessHandle.of(pid(seen)).orElse(null);
    if (server == null) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>(List.of(server));
    all.addAll(server.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + GRACE_NANOS;
    while (all.stream().anyMatch(ProcessHandle::isAlive)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("PostgreSQL survives a kill");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** The process that was started last. */
  ManagedProcess started() {
    return Objects.requireNonNull(started, "nothing was started again yet");
  }

  /** Starts the server that was killed. */
  ManagedProcess start(@Nullable SmallVolume volume) throws IOException {
    List<String> all = new ArrayList<>(volume == null ? List.of() : volume.entering());
    // It refuses to run as root; without a name in a user name space of its own, it is nobody.
    if (System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("unshare", "--user"));
    }
    all.addAll(command);
    ManagedProcess process = ManagedProcess.start("PostgreSQL", log, Map.of(), all);
    started = process;
    return process;
  }
}
