package org.hikae.vault.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A kind of database: what the lease on it is, and when a commit is safe. The lease belongs to the
 * connection that {@link #open} returns and ends with it, however it ends.
 */
interface VaultDatabase extends AutoCloseable {

  /**
   * Connects and takes the lease.
   *
   * @return the connection, not in autocommit; nothing when another process holds the lease
   * @throws SQLException when the database does not answer
   * @throws org.hikae.vault.port.UnavailableException when it could lose what it commits
   */
  Optional<Connection> open() throws SQLException;

  /** Whether the connection still holds the lease; asked at the beginning of a transaction. */
  boolean isHeld(Connection connection) throws SQLException;

  /** Makes what was just committed survive a loss of power. */
  void force(Connection connection) throws SQLException;

  /** Makes the database survive a loss of power that was just made and committed to. */
  void forceNew(Connection connection) throws SQLException;

  /** Gives the lease back in order. */
  void shutDown(Connection connection) throws SQLException;

  /**
   * Lets go of a connection on which something failed; nothing uncommitted is kept, and the next
   * {@link #open} reads what is on the disk.
   */
  void abandon(Connection connection);

  /** Forgets what was needed to connect. */
  @Override
  void close();
}
