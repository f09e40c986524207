package org.hikae.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.vault.core.RecordStore;
import org.hikae.vault.core.TamperedException;
import org.hikae.vault.core.UnavailableException;

/**
 * The store in one embedded H2 file. One connection, one transaction at a time: counts are then
 * simply right, and the ledger to come needs that order anyway. Each commit is written and forced
 * to the disk before {@link #transact} returns. The file is locked, so a second vault on it fails
 * to start. Closing compacts the file, so that erased bytes do not stay behind in old pages of it.
 */
public final class H2RecordStore implements RecordStore {

  /** How long a caller waits for its turn. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private static final String SCHEMA = "V001__Keep_records_attempts_counts_and_events.sql";
  private static final String ROOT_CHECK = "root-check";

  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean closed;

  private H2RecordStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens the store in {@code directory}, making it if there is none.
   *
   * @param rootCheck a value only the right root key gives; kept at the first opening and compared
   *     at later ones
   * @throws UnavailableException when the file cannot be opened, or another process has it
   * @throws TamperedException when the store belongs to another root
   */
  public static H2RecordStore open(Path directory, byte[] rootCheck) {
    String url =
        "jdbc:h2:file:"
            + directory.toAbsolutePath().resolve("vault")
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    try {
      H2RecordStore store = new H2RecordStore(DriverManager.getConnection(url, "vault", ""));
      store.prepare();
      store.requireRoot(rootCheck);
      return store;
    } catch (SQLException e) {
      throw new UnavailableException(
          "The vault's database in " + directory + " cannot be opened; is another vault running?",
          e);
    }
  }

  private void prepare() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      boolean known =
          statement
              .executeQuery(
                  "SELECT 1 FROM information_schema.tables WHERE table_name = 'VAULT_META'")
              .next();
      if (!known) {
        statement.execute(schema());
      }
    }
    commit();
  }

  private static String schema() {
    try (InputStream in = H2RecordStore.class.getResourceAsStream(SCHEMA)) {
      if (in == null) {
        throw new IllegalStateException(SCHEMA + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SCHEMA + " cannot be read from the program", e);
    }
  }

  private void requireRoot(byte[] rootCheck) throws SQLException {
    Sql sql = new Sql(connection);
    Optional<byte[]> kept =
        sql.first(
            "SELECT content FROM vault_meta WHERE name = ?",
            row -> row.getBytes("content"),
            ROOT_CHECK);
    if (kept.isEmpty()) {
      sql.update("INSERT INTO vault_meta (name, content) VALUES (?, ?)", ROOT_CHECK, rootCheck);
      commit();
    } else if (!MessageDigest.isEqual(kept.get(), rootCheck)) {
      close();
      throw new TamperedException("The store was made under another root key.");
    }
  }

  @Override
  public <T> T transact(Work<T> work) {
    takeTurn();
    try {
      boolean committed = false;
      try {
        T result = work.in(new H2Rows(new Sql(connection)));
        commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          connection.rollback();
        }
      }
    } catch (SQLException e) {
      throw Sql.outage(e);
    } finally {
      turn.unlock();
    }
  }

  private void takeTurn() {
    try {
      if (!turn.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UnavailableException("The vault's database is busy.", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The vault is stopping.", e);
    }
    if (closed) {
      turn.unlock();
      throw new UnavailableException("The vault's database is closed.", null);
    }
  }

  /** Commits, then forces the file to the disk: a commit alone survives a kill, not a power cut. */
  private void commit() throws SQLException {
    connection.commit();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }

  @Override
  public boolean ready() {
    try {
      return transact(rows -> true);
    } catch (UnavailableException e) {
      return false;
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        try (Statement statement = connection.createStatement()) {
          statement.execute("SHUTDOWN COMPACT");
        }
      }
    } catch (SQLException e) {
      throw Sql.outage(e);
    } finally {
      turn.unlock();
    }
  }
}
