package org.hikae.backup.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The two databases Hikae runs on, and the little in which their SQL for bytes differs. */
public enum DatabaseKind {
  /**
   * A BLOB outside the row. A second insert of a key is a failed statement that leaves the
   * transaction usable.
   */
  H2(
      "insert into ciphertext (repository_id, name, bytes) values (?, ?, ?)",
      "select bytes from ciphertext where repository_id = ? and name = ?"),

  /**
   * A bytea with storage "external": not compressed, so that a range is read without the rest. A
   * second insert must not fail, because that would end the transaction.
   */
  POSTGRESQL(
      "insert into ciphertext (repository_id, name, bytes) values (?, ?, ?)"
          + " on conflict (repository_id, name) do nothing",
      "select substring(bytes from ? for ?) from ciphertext where repository_id = ? and name = ?");

  private final String insert;
  private final String select;

  DatabaseKind(String insert, String select) {
    this.insert = insert;
    this.select = select;
  }

  /** Asks the driver which database it speaks to. */
  public static DatabaseKind of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default -> throw new SQLException("Hikae runs on H2 and PostgreSQL, not on " + product + ".");
    };
  }

  String insert() {
    return insert;
  }

  String select() {
    return select;
  }
}
