package org.hikae.schema.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.hikae.schema.value.ColumnComment;
import org.hikae.schema.value.TableComment;
import org.jspecify.annotations.Nullable;

/**
 * What the database itself says of its tables and columns, asked over the application's own login.
 * Nothing is left out: a table or column without a comment is there, without one. It is read once
 * in the life of the application, because only migrations change it and they run before.
 */
@ApplicationScoped
public class SchemaComments {

  /** Flyway's own, which no migration of ours makes. */
  private static final String HISTORY = "flyway_schema_history";

  /** What the databases call a table that holds rows. */
  private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE", "PARTITIONED TABLE");

  /** Far more than there are. */
  private static final int MAX_COLUMNS = 10_000;

  @Resource(lookup = "java:jboss/datasources/HikaeDS")
  private DataSource application;

  private @Nullable List<TableComment> read;

  /** For the container. */
  protected SchemaComments() {}

  /** For tests without a container. */
  public SchemaComments(DataSource application) {
    this.application = application;
  }

  /**
   * Every table by name, with every column.
   *
   * @throws IllegalStateException when the database does not answer; the next call asks again
   */
  public synchronized List<TableComment> tables() {
    List<TableComment> known = read;
    if (known == null) {
      try (Connection connection = application.getConnection()) {
        known = tables(connection.getMetaData(), connection.getSchema());
      } catch (SQLException e) {
        throw new IllegalStateException("The comments of the schema could not be read.", e);
      }
      read = known;
    }
    return known;
  }

  private static List<TableComment> tables(DatabaseMetaData data, String schema)
      throws SQLException {
    Map<String, List<ColumnComment>> columns = columns(data, schema);
    List<TableComment> tables = new ArrayList<>();
    try (ResultSet rows = data.getTables(null, schema, "%", null)) {
      while (rows.next()) {
        String name = lower(rows.getString("TABLE_NAME"));
        if (schema.equals(rows.getString("TABLE_SCHEM"))
            && TABLES.contains(rows.getString("TABLE_TYPE"))
            && !name.equals(HISTORY)) {
          tables.add(new TableComment(name, comment(rows), columns.getOrDefault(name, List.of())));
        }
      }
    }
    tables.sort(Comparator.comparing(TableComment::name));
    return List.copyOf(tables);
  }

  /** Rows come in the order of tables and of their columns. */
  private static Map<String, List<ColumnComment>> columns(DatabaseMetaData data, String schema)
      throws SQLException {
    Map<String, List<ColumnComment>> columns = new TreeMap<>();
    int count = 0;
    try (ResultSet rows = data.getColumns(null, schema, "%", "%")) {
      while (rows.next()) {
        if (++count > MAX_COLUMNS) {
          throw new IllegalStateException("The schema has more than " + MAX_COLUMNS + " columns.");
        }
        if (schema.equals(rows.getString("TABLE_SCHEM"))) {
          columns
              .computeIfAbsent(lower(rows.getString("TABLE_NAME")), _ -> new ArrayList<>())
              .add(new ColumnComment(lower(rows.getString("COLUMN_NAME")), comment(rows)));
        }
      }
    }
    return columns;
  }

  private static @Nullable String comment(ResultSet rows) throws SQLException {
    String remarks = rows.getString("REMARKS");
    return remarks == null || remarks.isBlank() ? null : remarks;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
