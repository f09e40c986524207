package org.hikae.it.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackObjects;

/**
 * What {@code scripts/bench/stack.sh} asks of a running system, a line each on standard input; each
 * is answered by a line in {@code answer}, a named pipe: {@code done}, or what went wrong.
 */
final class StackRequests {

  private static final String DEVICE = "device ";

  private final Stack stack;
  private final Path folder;
  private final Enrolment enrolment;

  /** Makes a device of an employee who is new. */
  interface Enrolment {

    /**
     * The same.
     *
     * @param folder where the device's program finds what it needs
     */
    void enrol(Path folder) throws Exception;
  }

  /**
   * Nobody is asked yet.
   *
   * @param folder where {@code answer} is, and where {@link #serve} says that all is ready
   */
  StackRequests(Stack stack, Path folder, Enrolment enrolment) {
    this.stack = stack;
    this.folder = folder;
    this.enrolment = enrolment;
  }

  /**
   * Announces the system, then does what is asked until the process is ended. {@code stores} has
   * the folders in which stored bytes lie, and {@code servers} a line "role pid" for each server.
   */
  void serve() throws IOException, SQLException {
    settle("CREATE EXTENSION IF NOT EXISTS pg_buffercache");
    write(
        "stores",
        Stream.concat(
                Stream.of(stack.db().folder()),
                stack.db().objects().map(StackObjects::folder).stream())
            .map(one -> one.toAbsolutePath().toString())
            .toList());
    write(
        "servers",
        List.of(
            "portal " + stack.portalPid(),
            "database " + BackupBenchmarkStack.postgres(stack),
            "other " + stack.vault().pid(),
            "other " + stack.keycloak().pid()));
    try (BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        String answer = answer(line);
        Files.writeString(folder.resolve("answer"), answer + "\n", StandardOpenOption.WRITE);
      }
    }
  }

  private String answer(String request) {
    try {
      switch (request) {
        // What the database has put off is done, so that no other program pays for it.
        case "settle" -> settle("CHECKPOINT");
        // It has none of what it stored in its memory.
        case "forget" -> settle("CHECKPOINT", "SELECT pg_buffercache_evict_all()");
        default -> enrolment.enrol(Path.of(request.substring(DEVICE.length())));
      }
      return "done";
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      return e.toString().lines().findFirst().orElse("failed");
    }
  }

  private void settle(String... statements) throws SQLException {
    try (Connection connection = stack.db().asSuperuser();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** Never a part of it. */
  private void write(String name, List<String> lines) throws IOException {
    Path part = folder.resolve(name + ".new");
    Files.write(part, lines);
    Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
