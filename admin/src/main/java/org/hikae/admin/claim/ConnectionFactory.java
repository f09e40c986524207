package org.hikae.admin.claim;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens the portal's database, to read. */
@FunctionalInterface
public interface ConnectionFactory {

  /** A connection that its caller closes. */
  Connection open() throws SQLException;
}
