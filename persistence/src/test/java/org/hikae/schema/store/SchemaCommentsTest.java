package org.hikae.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.schema.value.ColumnComment;
import org.hikae.schema.value.TableComment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every table and every column says what it holds, on both databases, so that the page "What IT can
 * and cannot see" is complete. Whoever adds one adds its sentence to the repeatable migrations.
 */
class SchemaCommentsTest extends OnBothDatabases {

  private static final String SENTENCE = "[A-Z1].*\\.";
  private static final String KIND_AND_SENTENCE = "(CIPHERTEXT|HASH|PERSONAL|PLAIN): " + SENTENCE;

  /** What the databases call columns of bytes. */
  private static final Set<String> BYTES =
      Set.of("bytea", "binary large object", "binary varying", "binary");

  /** Columns of bytes that are readable, and what their sentence says that they are instead. */
  private static final Map<String, String> READABLE_BYTES =
      Map.of(
          "device.public_key", "public key is no secret",
          "receipt_key.public_key", "public key is no secret",
          "log_head.public_key", "public key is no secret",
          "log_entry.content", "that everybody may read",
          "notice_channel_setting.sealed", "sealed under a key in a file of the portal",
          "vault_receipt.receipt", "signed receipt",
          "audit_seal.receipt", "signed receipt",
          "snapshot_objects.object_ids", "Numbers only");

  @ParameterizedTest
  @MethodSource("databases")
  void every_table_and_every_column_says_what_it_holds(TestDatabase database) {
    List<TableComment> tables = new SchemaComments(database.application()).tables();
    assertThat(tables)
        .extracting(TableComment::name)
        .contains("employee", "key_wrap", "ciphertext")
        .doesNotContain("flyway_schema_history")
        .isSorted();
    List<String> missing = new ArrayList<>();
    for (TableComment table : tables) {
      assertThat(table.columns()).as(table.name()).isNotEmpty();
      if (table.comment() == null || !table.comment().matches(SENTENCE)) {
        missing.add(table.name());
      }
      for (ColumnComment column : table.columns()) {
        if (column.comment() == null || !column.comment().matches(KIND_AND_SENTENCE)) {
          missing.add(table.name() + "." + column.name());
        }
      }
    }
    assertThat(missing).as("without a sentence, or without a known kind").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void bytes_are_ciphertext_or_one_way_or_explained(TestDatabase database) throws SQLException {
    Map<String, String> comments = new TreeMap<>();
    for (TableComment table : new SchemaComments(database.application()).tables()) {
      for (ColumnComment column : table.columns()) {
        comments.put(table.name() + "." + column.name(), String.valueOf(column.comment()));
      }
    }
    List<String> bytes = columnsOfBytes(database);
    assertThat(bytes)
        .contains("key_wrap.wrapped_key", "held_wrap.wrapped_key")
        .containsAll(READABLE_BYTES.keySet())
        .containsAnyOf("ciphertext.bytes", "ciphertext_page.bytes");
    assertThat(bytes)
        .allSatisfy(
            column -> {
              String said = READABLE_BYTES.get(column);
              if (said == null) {
                assertThat(comments.get(column)).matches("(CIPHERTEXT|HASH): .*");
              } else {
                assertThat(comments.get(column)).startsWith("PLAIN: ").contains(said);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_says_nothing_is_there_all_the_same(TestDatabase database) throws SQLException {
    SchemaComments first = new SchemaComments(database.application());
    List<TableComment> before = first.tables();
    execute(database, "create table silent (thing integer)");
    try {
      assertThat(first.tables()).as("read once").isSameAs(before);
      assertThat(new SchemaComments(database.application()).tables())
          .contains(new TableComment("silent", null, List.of(new ColumnComment("thing", null))));
    } finally {
      execute(database, "drop table silent");
    }
  }

  private static List<String> columnsOfBytes(TestDatabase database) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name, column_name, data_type from information_schema.columns"
                    + " where table_schema = current_schema")) {
      while (rows.next()) {
        if (BYTES.contains(rows.getString(3).toLowerCase(Locale.ROOT))) {
          found.add((rows.getString(1) + "." + rows.getString(2)).toLowerCase(Locale.ROOT));
        }
      }
    }
    return found;
  }

  private static void execute(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
