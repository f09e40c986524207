package org.hikae.vault.database;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;
import org.hikae.vault.port.VaultStore;
import org.jspecify.annotations.Nullable;

/**
 * The store in a database: an embedded H2 file or a schema of PostgreSQL. It is connected exactly
 * while it holds the lease, over one connection that also transacts, one transaction after the
 * other. After any database error it gives connection and lease up, because it cannot know what was
 * kept; {@link #lease} connects anew and reads what is there. Safe for several threads; they wait
 * for each other.
 */
public final class JdbcVaultStore implements VaultStore {

  private static final Logger LOG = System.getLogger(JdbcVaultStore.class.getName());

  private final VaultDatabase database;
  private final byte[] rootCheck;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable Connection connection;
  private boolean closed;

  private JdbcVaultStore(VaultDatabase database, byte[] rootCheck) {
    this.database = database;
    this.rootCheck = rootCheck.clone();
  }

  /**
   * A store in the file {@code vault.mv.db}, made at the first {@link #lease} if there is none.
   * Nothing is opened yet.
   *
   * @param directory where the file lies; only the vault's user should be able to enter it
   * @param rootCheck a value only the right root key gives; kept at the first lease and compared at
   *     later ones
   */
  public static JdbcVaultStore h2(Path directory, byte[] rootCheck) {
    return new JdbcVaultStore(new H2Database(directory), rootCheck);
  }

  /**
   * A store in the user's current schema of a PostgreSQL database, where the user may create
   * tables. Nothing is opened yet.
   *
   * @param url {@code jdbc:postgresql:}, with parameters of the driver but no password
   * @param password in UTF-8; copied, and overwritten at {@link #close}
   * @param rootCheck a value only the right root key gives; kept at the first lease and compared at
   *     later ones
   */
  public static JdbcVaultStore postgresql(
      String url, String user, SecretBytes password, byte[] rootCheck) {
    return new JdbcVaultStore(new PostgresqlDatabase(url, user, password), rootCheck);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnavailableException also when the database could lose what it commits, or another
   *     version of this program made the store
   * @throws TamperedException when the store was made under another root
   */
  @Override
  public boolean lease() {
    takeTurn();
    try {
      Connection current = connection;
      return (current != null && isStillHeld(current)) || open();
    } finally {
      turn.unlock();
    }
  }

  private void takeTurn() {
    lockTurn();
    if (closed) {
      turn.unlock();
      throw new UnavailableException("The vault's database is closed.", null);
    }
  }

  private void lockTurn() {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("the store was used inside its own transaction");
    }
    turn.lock();
  }

  private boolean isStillHeld(Connection current) {
    SqlStatements sql = new SqlStatements(current);
    try {
      if (sql.use(database::isHeld)) {
        rollback(sql);
        return true;
      }
    } catch (UnavailableException e) {
      LOG.log(Level.DEBUG, "The lease is lost: {0}", e.getMessage());
    }
    abandon();
    return false;
  }

  private boolean open() {
    try {
      Optional<Connection> opened = database.open();
      if (opened.isEmpty()) {
        return false;
      }
      connection = opened.get();
      prepare(opened.get());
      return true;
    } catch (SQLException e) {
      throw new UnavailableException("The vault's database cannot be opened.", e);
    }
  }

  private void prepare(Connection opened) {
    boolean prepared = false;
    try {
      SqlStatements sql = new SqlStatements(opened);
      boolean made = new VaultSchema(sql).prepare(rootCheck);
      commit(sql);
      if (made) {
        sql.use(
            on -> {
              database.forceNew(on);
              return on;
            });
      }
      prepared = true;
    } finally {
      if (!prepared) {
        abandon();
      }
    }
  }

  @Override
  public <T> T transact(TransactionWork<T> work) {
    takeTurn();
    try {
      Connection current = connection;
      if (current == null) {
        throw new UnavailableException("This process does not hold the ledger's lease.", null);
      }
      return transact(new SqlStatements(current), work);
    } finally {
      turn.unlock();
    }
  }

  private <T> T transact(SqlStatements sql, TransactionWork<T> work) {
    boolean committed = false;
    try {
      if (!sql.use(database::isHeld)) {
        sql.breakOff();
        throw new UnavailableException("This process has lost the ledger's lease.", null);
      }
      T result = work.in(new JdbcRows(sql));
      commit(sql);
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollbackOrAbandon(sql);
      }
      sql.end();
    }
  }

  private void rollbackOrAbandon(SqlStatements sql) {
    try {
      rollback(sql);
    } catch (UnavailableException e) {
      abandon();
    }
  }

  private void commit(SqlStatements sql) {
    sql.use(
        on -> {
          on.commit();
          if (sql.hasWritten()) {
            database.force(on);
          }
          return on;
        });
  }

  private static void rollback(SqlStatements sql) {
    sql.use(
        on -> {
          on.rollback();
          return on;
        });
  }

  /** Lets go of the connection, and with it of the lease. */
  void abandon() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      LOG.log(Level.WARNING, "The vault gives up its database connection, and with it the lease.");
      database.abandon(current);
    }
  }

  @Override
  public void close() {
    lockTurn();
    try {
      closed = true;
      Connection current = connection;
      connection = null;
      if (current != null) {
        database.shutDown(current);
      }
    } catch (SQLException e) {
      throw new UnavailableException("The vault's database was not closed in order.", e);
    } finally {
      database.close();
      turn.unlock();
    }
  }
}
