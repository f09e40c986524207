package org.hikae.vault.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.vault.port.UnavailableException;

/**
 * The statements of one transaction. A database error is an outage, never an answer, and after the
 * first one nothing more is done: the transaction cannot be committed any more, whoever caught the
 * exception.
 */
final class SqlStatements {

  private final Connection connection;
  private boolean written;
  private boolean broken;
  private boolean ended;

  SqlStatements(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Uses the connection. */
  @FunctionalInterface
  interface ConnectionWork<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) {
    return use(
        on -> {
          try (PreparedStatement statement = on.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
              List<T> found = new ArrayList<>();
              while (rows.next()) {
                found.add(reader.read(rows));
              }
              return found;
            }
          }
        });
  }

  <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
    return list(sql, reader, parameters).stream().findFirst();
  }

  int update(String sql, Object... parameters) {
    written = true;
    return use(
        on -> {
          try (PreparedStatement statement = on.prepareStatement(sql)) {
            set(statement, parameters);
            return statement.executeUpdate();
          }
        });
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  /** Does something else with the connection, under the same rule. */
  <T> T use(ConnectionWork<T> connectionWork) {
    if (ended) {
      throw new IllegalStateException("the transaction of these rows is over");
    }
    if (broken) {
      throw new UnavailableException("The vault's database has failed in this transaction.", null);
    }
    try {
      return connectionWork.on(connection);
    } catch (SQLException e) {
      broken = true;
      throw new UnavailableException("The vault's database does not answer as it should.", e);
    }
  }

  /** Whether there may be something to commit. */
  boolean hasWritten() {
    return written;
  }

  /** From now on this transaction cannot be committed, nor its connection be used again. */
  void breakOff() {
    broken = true;
  }

  /** Nothing more is done. */
  void end() {
    ended = true;
  }
}
