package org.hikae.backup.ciphertext.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The two databases Hikae runs on. */
public enum DatabaseKind {
  H2,
  POSTGRESQL;

  /** Asks the driver which database it speaks to. */
  public static DatabaseKind of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default -> throw new SQLException("Hikae runs on H2 and PostgreSQL, not on " + product + ".");
    };
  }

  /** How the bytes of objects lie in it. */
  ByteLayout layout() {
    return this == H2 ? new BlobLayout() : new PageLayout();
  }
}
