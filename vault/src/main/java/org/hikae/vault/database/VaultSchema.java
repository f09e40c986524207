package org.hikae.vault.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Statement;
import java.util.Optional;
import org.hikae.vault.port.TamperedException;
import org.hikae.vault.port.UnavailableException;

/**
 * The tables, and which root they belong to. Run by the holder of the lease only. On H2 each CREATE
 * commits by itself, so what a crash left half made is made again: the number of the schema and the
 * root's check are written last, together.
 */
final class VaultSchema {

  private static final String SCRIPT = "V001__Keep_accounts_ledger_secrets_and_notes.sql";
  private static final String NUMBER = "1";

  private static final String SCHEMA = "schema";
  private static final String ROOT_CHECK = "root-check";

  private final SqlStatements sql;

  VaultSchema(SqlStatements sql) {
    this.sql = sql;
  }

  /**
   * Makes the tables where there are none, or checks whose they are.
   *
   * @return whether they were made now
   * @throws TamperedException when they were made under another root
   * @throws UnavailableException when another version of this program made them
   */
  boolean prepare(byte[] rootCheck) {
    Optional<byte[]> number = hasMeta() ? meta(SCHEMA) : Optional.empty();
    if (number.isEmpty()) {
      make(rootCheck);
      return true;
    }
    String found = new String(number.get(), StandardCharsets.UTF_8);
    if (!found.equals(NUMBER)) {
      throw new UnavailableException(
          "The store has schema " + found + "; this program knows schema " + NUMBER + ".", null);
    }
    if (!MessageDigest.isEqual(meta(ROOT_CHECK).orElse(new byte[0]), rootCheck)) {
      throw new TamperedException("The store was made under another root key.");
    }
    return false;
  }

  private boolean hasMeta() {
    return sql.first(
            "SELECT 1 FROM information_schema.tables"
                + " WHERE LOWER(table_name) = 'meta' AND table_schema = CURRENT_SCHEMA",
            row -> row.getInt(1))
        .isPresent();
  }

  private Optional<byte[]> meta(String name) {
    return sql.first("SELECT content FROM meta WHERE name = ?", row -> row.getBytes(1), name);
  }

  private void make(byte[] rootCheck) {
    String script = script();
    sql.use(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(script);
          }
        });
    keep(SCHEMA, NUMBER.getBytes(StandardCharsets.UTF_8));
    keep(ROOT_CHECK, rootCheck);
  }

  private void keep(String name, byte[] content) {
    sql.update("INSERT INTO meta (name, content) VALUES (?, ?)", name, content);
  }

  private static String script() {
    try (InputStream in = VaultSchema.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SCRIPT + " cannot be read from the program", e);
    }
  }
}
