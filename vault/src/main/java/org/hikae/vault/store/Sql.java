package org.hikae.vault.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.vault.core.UnavailableException;
import org.jspecify.annotations.Nullable;

/** Runs prepared statements on one connection; a database error is an outage, never an answer. */
final class Sql {

  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Reader<T> reader, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw outage(e);
    }
  }

  <T> Optional<T> first(String sql, Reader<T> reader, Object... parameters) {
    return list(sql, reader, parameters).stream().findFirst();
  }

  int update(String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw outage(e);
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    int index = 1;
    for (Object parameter : parameters) {
      statement.setObject(index, parameter instanceof Instant at ? at.toEpochMilli() : parameter);
      index++;
    }
    return statement;
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static UnavailableException outage(SQLException e) {
    return new UnavailableException("The vault's database refused a statement.", e);
  }
}
