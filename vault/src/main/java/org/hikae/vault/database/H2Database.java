package org.hikae.vault.database;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.Driver;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.jspecify.annotations.Nullable;

/**
 * One embedded H2 file. The lease is a lock on a file beside it, which the system releases when the
 * process ends. H2's own lock would not do: it is open for a moment while the file is replaced. An
 * orderly end rewrites the file, so that erased bytes do not stay behind in old pages of it; a
 * start rewrites it first when the last end was not orderly.
 */
final class H2Database implements VaultDatabase {

  private static final Logger LOG = System.getLogger(H2Database.class.getName());

  /** The system's lock does not keep two stores of one process apart. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Stands in the lock's file while the database is in use. */
  private static final byte[] IN_USE = {'u'};

  private final Path directory;
  private final Path file;
  private final String url;
  private @Nullable FileChannel lock;

  H2Database(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
    String database = this.directory.resolve("vault").toString();
    if (database.indexOf(';') >= 0) {
      throw new IllegalArgumentException("The store's directory must have no ';' in its path.");
    }
    this.file = this.directory.resolve("vault.mv.db");
    this.url =
        "jdbc:h2:file:" + database + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
  }

  @Override
  public Optional<Connection> open() throws SQLException {
    if (!HELD.add(directory)) {
      return Optional.empty();
    }
    boolean opened = false;
    try {
      if (!takeLock()) {
        return Optional.empty();
      }
      if (Objects.requireNonNull(lock).size() > 0) {
        rewrite();
      }
      mark(true);
      Connection connection = connect();
      opened = true;
      return Optional.of(connection);
    } catch (SQLException e) {
      if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new SQLException("The lock beside the database cannot be used.", e);
    } finally {
      if (!opened) {
        release();
      }
    }
  }

  private boolean takeLock() throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("vault.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = channel;
    return channel.tryLock() != null;
  }

  private Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "vault");
    login.setProperty("password", "");
    Connection connection = new Driver().connect(url, login);
    boolean ready = false;
    try {
      // H2 keeps the setting in the file, but does not follow it after reopening the file.
      execute(connection, "SET WRITE_DELAY 0");
      connection.setAutoCommit(false);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  private void release() {
    FileChannel held = lock;
    lock = null;
    try {
      if (held != null) {
        held.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The lock beside the database was not closed in order.");
    } finally {
      HELD.remove(directory);
    }
  }

  @Override
  public boolean isHeld(Connection connection) throws SQLException {
    return !connection.isClosed();
  }

  /** A commit alone survives a kill; the checkpoint makes it survive a loss of power. */
  @Override
  public void force(Connection connection) throws SQLException {
    execute(connection, "CHECKPOINT SYNC");
  }

  /** A file that was just made is found after a loss of power only if its name is on the disk. */
  @Override
  public void forceNew(Connection connection) throws SQLException {
    force(connection);
    try {
      forceDirectory();
    } catch (IOException e) {
      throw new SQLException("The directory of the database cannot be forced to the disk.", e);
    }
  }

  private void forceDirectory() throws IOException {
    try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /**
   * Lets go of the file as it is, then rewrites it. H2 2.2.224 could not close a file in order that
   * a kill had left: after SHUTDOWN and SHUTDOWN COMPACT it might not open any more ("Double
   * mark"). The vault does not depend on later ones doing better.
   */
  @Override
  public void shutDown(Connection connection) throws SQLException {
    try (connection) {
      force(connection);
      execute(connection, "SHUTDOWN IMMEDIATELY");
    } finally {
      try {
        rewrite();
        mark(false);
      } finally {
        release();
      }
    }
  }

  /** Writes what is committed to a new file, forces it and puts it in the place of the old one. */
  private void rewrite() throws SQLException {
    try {
      MVStoreTool.compactCleanUp(file.toString());
      if (Files.exists(file)) {
        MVStoreTool.compact(file.toString(), true);
        forceDirectory();
      }
    } catch (MVStoreException | IOException e) {
      throw new SQLException("The database file cannot be rewritten.", e);
    }
  }

  /** Remembers that the file is in use; what is not taken back was not closed in order. */
  private void mark(boolean inUse) throws SQLException {
    FileChannel held = Objects.requireNonNull(lock);
    try {
      held.truncate(0);
      if (inUse) {
        held.write(ByteBuffer.wrap(IN_USE), 0);
      }
      held.force(true);
    } catch (IOException e) {
      throw new SQLException("The lock beside the database cannot be written.", e);
    }
  }

  /** Writes nothing more: what H2 still has in memory is not to be trusted after an error. */
  @Override
  public void abandon(Connection connection) {
    try (connection) {
      execute(connection, "SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "The database was closed already: {0}", e.getErrorCode());
    } finally {
      release();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    // There is no password to forget.
  }
}
