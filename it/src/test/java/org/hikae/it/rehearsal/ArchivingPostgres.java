package org.hikae.it.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hikae.it.stack.Ports;
import org.hikae.it.stack.PostgresPrograms;

/**
 * A PostgreSQL server of the operating system's packages, which archives its write-ahead log as the
 * admin guide sets it up. The embedded server of the other tests has no {@code pg_basebackup}.
 */
final class ArchivingPostgres {

  private static final String SUPERUSER = "postgres";
  private static final long WAIT_NANOS = 60_000_000_000L;
  private static final long POLL_MILLIS = 100;

  private final Path programs;
  private final Path folder;
  private final Path archive;
  private final int port;

  private ArchivingPostgres(Path programs, Path folder, Path archive, int port) {
    this.programs = programs;
    this.folder = folder;
    this.archive = archive;
    this.port = port;
  }

  /** Makes and starts one below {@code folder}. */
  static ArchivingPostgres make(Path folder) throws IOException, InterruptedException {
    Path archive = Files.createDirectories(folder.resolve("archive"));
    Files.createDirectories(archive.resolve("wal"));
    ArchivingPostgres archivingPostgres =
        new ArchivingPostgres(PostgresPrograms.folder(), folder, archive, Ports.free(1).getFirst());
    archivingPostgres
        .asServer(
            archivingPostgres.programs.resolve("initdb"),
            "-D",
            archivingPostgres.data(),
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync")
        .done();
    Files.writeString(
        archivingPostgres.data().resolve("postgresql.conf"),
        String.format(
            Locale.ROOT,
            """
            port = %d
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            shared_buffers = '32MB'
            archive_mode = on
            archive_command = '%s archive "%%p" "%%f" %s'
            """,
            archivingPostgres.port,
            AdminShell.shipped("admin", "hikae-db"),
            archive),
        StandardOpenOption.APPEND);
    archivingPostgres.start();
    return archivingPostgres;
  }

  /** Another server on this host that is laid back from this one's archive. */
  ArchivingPostgres rehearsal(Path elsewhere) throws IOException {
    return new ArchivingPostgres(programs, elsewhere, archive, Ports.free(1).getFirst());
  }

  /** The server's files. */
  Path data() {
    return folder.resolve("data");
  }

  /** Its archive, {@code FOLDER} of {@code hikae-db}. */
  Path archive() {
    return archive;
  }

  int port() {
    return port;
  }

  /** What {@code hikae-db} needs to connect. */
  Map<String, String> connection() {
    return Map.of("PGHOST", "127.0.0.1", "PGPORT", String.valueOf(port), "PGUSER", SUPERUSER);
  }

  /** A connection of the server's administrator. */
  Connection administrator(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, SUPERUSER, "");
  }

  /** The first value that a query gives. */
  String ask(String database, String query) throws SQLException {
    try (Connection connection = administrator(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Does something as the server's administrator. */
  void execute(String database, String sql) throws SQLException {
    try (Connection connection = administrator(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a command as the user of the server, who may not be root. */
  AdminShell.Ended asServer(Object... command) throws IOException, InterruptedException {
    List<Object> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("unshare", "-U"));
    }
    words.addAll(Arrays.asList(command));
    return AdminShell.run(connection(), words.toArray());
  }

  void start() throws IOException, InterruptedException {
    asServer(
            programs.resolve("pg_ctl"),
            "-D",
            data(),
            "-w",
            "-l",
            folder.resolve("server.log"),
            "-o",
            "-p " + port,
            "start")
        .done();
  }

  void stop() throws IOException, InterruptedException {
    asServer(programs.resolve("pg_ctl"), "-D", data(), "-w", "-m", "fast", "stop").done();
  }

  /** Waits until a restored server has come to its target and takes changes. */
  void awaitRestored() throws SQLException, InterruptedException, IOException {
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!ask(SUPERUSER, "select pg_is_in_recovery()").equals("f")) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(Files.readString(folder.resolve("server.log")));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Ends it, whatever state it is in. */
  void end() throws IOException, InterruptedException {
    asServer(programs.resolve("pg_ctl"), "-D", data(), "-m", "immediate", "stop");
  }
}
