package org.hikae.it.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.hikae.testing.PostgresServers;
import org.hikae.testing.S3Servers;
import org.hikae.testing.TestTimeline;
import org.jspecify.annotations.Nullable;

/** The portal's database of one stack, with the two logins that production has. */
public final class StackDatabase implements AutoCloseable {

  /** The databases that the portal supports. */
  public enum Kind {
    H2,
    POSTGRESQL
  }

  private static final String OWNER = "hikae_owner";
  private static final String OWNER_PASSWORD = "owner-of-the-test";
  private static final String APP = "hikae_app";
  private static final String APP_PASSWORD = "app-of-the-test";

  /** As the embedded server makes it. */
  private static final String SUPERUSER = "postgres";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private static final String STORE = System.getProperty("hikae.store", "database");

  private final Kind kind;
  private final Path folder;
  private final String url;
  private final @Nullable EmbeddedPostgres postgres;
  private @Nullable PostgresProcess server;
  private @Nullable SmallVolume volume;
  private @Nullable S3Servers s3;

  private StackDatabase(Kind kind, Path folder, String url, @Nullable EmbeddedPostgres postgres) {
    this.kind = kind;
    this.folder = folder;
    this.url = url;
    this.postgres = postgres;
  }

  static StackDatabase start(Kind kind, Path folder) throws IOException, SQLException {
    return start(kind, folder, Map.of());
  }

  /** The same with settings of PostgreSQL's own. */
  static StackDatabase start(Kind kind, Path folder, Map<String, String> serverSettings)
      throws IOException, SQLException {
    if (kind == Kind.H2) {
      // AUTO_SERVER lets a test look into the file while the portal has it open.
      return new StackDatabase(
          kind, folder, "jdbc:h2:" + folder.resolve("hikae") + ";AUTO_SERVER=TRUE", null);
    }
    EmbeddedPostgres.Builder server = PostgresServers.durable().setDataDirectory(folder.toFile());
    serverSettings.forEach(server::setServerConfig);
    long begun = TestTimeline.now();
    EmbeddedPostgres postgres = server.start();
    TestTimeline.started("PostgreSQL", begun);
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      prepare(connection);
    }
    return new StackDatabase(
        kind, folder, "jdbc:postgresql://localhost:" + postgres.getPort() + "/hikae", postgres);
  }

  /** Makes both logins and the database, as the admin guide tells it. */
  private static void prepare(Connection administrator) throws SQLException {
    try (Statement statement = administrator.createStatement()) {
      statement.execute("create role " + OWNER + " login password '" + OWNER_PASSWORD + "'");
      statement.execute("create role " + APP + " login password '" + APP_PASSWORD + "'");
      statement.execute("create database hikae owner " + OWNER);
    }
  }

  /** A new portal's database on a PostgreSQL server that a test runs for itself. */
  public static StackDatabase onServer(Path folder, int port, Connection administrator)
      throws SQLException {
    return at(folder, "jdbc:postgresql://127.0.0.1:" + port + "/hikae", administrator);
  }

  /** The same at any address of a database called {@code hikae}. */
  static StackDatabase at(Path folder, String url, Connection administrator) throws SQLException {
    prepare(administrator);
    return new StackDatabase(Kind.POSTGRESQL, folder, url, null);
  }

  /** The folder with the database's files. */
  public Path folder() {
    return folder;
  }

  public Kind kind() {
    return kind;
  }

  /** The address as the portal has it. */
  public String url() {
    return url;
  }

  /** A connection with the application's rights. */
  public Connection asApplication() throws SQLException {
    return connect(APP, APP_PASSWORD);
  }

  /** A connection with the owner's rights, for looking at what the application may not see. */
  public Connection asOwner() throws SQLException {
    return connect(OWNER, OWNER_PASSWORD);
  }

  /** A connection to PostgreSQL with every right, as who runs the server has it. */
  public Connection asSuperuser() throws SQLException {
    return connect(SUPERUSER, SUPERUSER);
  }

  private Connection connect(String user, String password) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    // A test may open H2's file before a portal does, which refuses it if it was opened otherwise.
    login.setProperty("QUERY_CACHE_SIZE", "0");
    return DriverManager.getConnection(url, login);
  }

  /** Ends PostgreSQL, all its processes at once, as a power cut would. */
  public void kill() throws IOException, InterruptedException {
    server().kill(volume);
  }

  /** Starts PostgreSQL, which was killed, on the same data and port, and waits until it answers. */
  public void restart() throws IOException, InterruptedException {
    server().start(volume).await(START_LIMIT, this::answers);
  }

  /** Starts PostgreSQL again if a full volume has ended it, and waits until it answers. */
  public void restartIfEnded() throws IOException, InterruptedException {
    ManagedProcess process = server().started();
    if (process.runs()) {
      process.await(START_LIMIT, this::answers);
    } else {
      restart();
    }
  }

  /**
   * Moves PostgreSQL, by a kill and a restart, to a volume that has room for some more KiB. What
   * the tables and the log have of their own is given up first: after much that was stored and
   * removed it is a multiple of that.
   */
  public void moveToSmallVolume(int kib) throws IOException, InterruptedException, SQLException {
    kill();
    SmallVolume made = SmallVolume.of(folder);
    volume = made;
    restart();
    try (Connection connection = asSuperuser();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM FULL");
      statement.execute("CHECKPOINT");
    }
    made.limit(kib);
  }

  /** Makes room on the small volume. */
  public void makeRoom() throws IOException, InterruptedException {
    Objects.requireNonNull(volume).grow();
  }

  /** Moves PostgreSQL back to where it was, with what it has now. */
  public void leaveSmallVolume() throws IOException, InterruptedException {
    kill();
    Objects.requireNonNull(volume).keep();
    volume = null;
    restart();
  }

  private PostgresProcess server() throws IOException {
    PostgresProcess known = server;
    if (known == null) {
      known = PostgresProcess.of(folder);
      server = known;
    }
    return known;
  }

  private boolean answers() throws IOException {
    try (Connection connection = asOwner()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * The folder in which ciphertext lies as files; empty when it lies elsewhere. The property {@code
   * hikae.store}, which is {@code database}, {@code files} or {@code s3}, decides for all tests of
   * a run.
   */
  public Optional<Path> files() {
    return STORE.equals("files") ? Optional.of(beside("files")) : Optional.empty();
  }

  /** Where ciphertext lies beside the database; empty when it lies in it. */
  public Optional<StackObjects> objects() {
    return switch (STORE) {
      case "files" -> Optional.of(new StackObjects(beside("files"), "ciphertext_file", true));
      case "s3" ->
          Optional.of(
              new StackObjects(beside("s3").resolve(S3Servers.BUCKET), "ciphertext_object", false));
      default -> Optional.empty();
    };
  }

  private Path beside(String what) {
    return folder.resolveSibling(folder.getFileName() + "-" + what);
  }

  /**
   * Takes the bytes of repositories away, as a disk would, wherever they lie; that objects were
   * stored stays recorded.
   *
   * @param repositories a query for their numbers
   * @return how many objects lost theirs
   */
  public int loseBytes(String repositories) throws SQLException {
    int lost = 0;
    try (Connection connection = asOwner();
        Statement statement = connection.createStatement()) {
      for (String table : new String[] {"ciphertext", "ciphertext_file", "ciphertext_object"}) {
        lost +=
            statement.executeUpdate(
                "delete from " + table + " where repository_id in (" + repositories + ")");
      }
    }
    return lost;
  }

  Map<String, String> environment() throws IOException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "HIKAE_DB_KIND",
                kind == Kind.H2 ? "H2" : "PostgreSQL",
                "HIKAE_DB_URL",
                url,
                "HIKAE_DB_USER",
                APP,
                "HIKAE_DB_PASSWORD",
                APP_PASSWORD,
                "HIKAE_DB_OWNER_USER",
                OWNER,
                "HIKAE_DB_OWNER_PASSWORD",
                OWNER_PASSWORD));
    Optional<Path> store = files();
    if (store.isPresent()) {
      environment.put("HIKAE_STORE", "files");
      environment.put(
          "HIKAE_STORE_FOLDER", Files.createDirectories(store.get().toAbsolutePath()).toString());
    }
    if (STORE.equals("s3")) {
      environment.putAll(bucket());
    }
    return environment;
  }

  /** The server has the same address for all portals of this database. */
  private Map<String, String> bucket() throws IOException {
    S3Servers known = s3;
    if (known == null) {
      known = S3Servers.start(beside("s3").toAbsolutePath());
      s3 = known;
    }
    return Map.of(
        "HIKAE_STORE",
        "s3",
        "HIKAE_S3_ENDPOINT",
        known.endpoint().toString(),
        "HIKAE_S3_BUCKET",
        S3Servers.BUCKET,
        "HIKAE_S3_ACCESS_KEY",
        S3Servers.ACCESS_KEY,
        "HIKAE_S3_SECRET_KEY",
        S3Servers.SECRET_KEY);
  }

  @Override
  public void close() throws IOException {
    if (s3 != null) {
      s3.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }
}
