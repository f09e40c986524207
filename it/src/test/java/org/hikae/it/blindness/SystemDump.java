package org.hikae.it.blindness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.admin.search.MultiPatternSearch;
import org.hikae.admin.search.ProcessMemorySearch;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.StackObjects;

/** Everything that the company holds, laid open for a search. */
final class SystemDump {

  /** The table with the bytes of objects. */
  private static final Map<StackDatabase.Kind, String> BYTES_IN =
      Map.of(
          StackDatabase.Kind.H2,
          "\"ciphertext\"",
          StackDatabase.Kind.POSTGRESQL,
          "\"ciphertext_page\"");

  private static final String OF_THE_SET =
      " where repository_id in (select repository_id from repository where set_id = ?)";

  /** Objects of a set, each whole: what is searched for may lie across pages. */
  private static final Map<StackDatabase.Kind, String> OBJECTS =
      Map.of(
          StackDatabase.Kind.H2,
          "select bytes from ciphertext" + OF_THE_SET,
          StackDatabase.Kind.POSTGRESQL,
          "select string_agg(bytes, ''::bytea order by number) from ciphertext_page"
              + " join ciphertext using (ciphertext_id)"
              + OF_THE_SET
              + " group by ciphertext_id");

  private SystemDump() {}

  static void search(Stack stack, String setId, Path temp, MultiPatternSearch multiPatternSearch)
      throws IOException, InterruptedException, SQLException {
    heap(stack.portalPid(), temp, "portal memory", multiPatternSearch);
    // The vault refuses debuggers and heap dumps, but not this.
    ProcessMemorySearch.search(stack.vault().pid(), "vault memory", multiPatternSearch);
    multiPatternSearch.files("database files", stack.db().folder());
    tables(stack, setId, multiPatternSearch);
    objectFiles(stack, setId, multiPatternSearch);
    multiPatternSearch.files("portal log", stack.portalLog());
    multiPatternSearch.files("portal folder", stack.portalFolder().resolve("log"));
    multiPatternSearch.files("portal folder", stack.portalFolder().resolve("data"));
    multiPatternSearch.files("vault log", stack.vault().log());
    multiPatternSearch.files("vault store", stack.vault().stateFolder());
    multiPatternSearch.files("Keycloak log", stack.keycloak().log());
    multiPatternSearch.files("Keycloak data", stack.keycloak().dataFolder());
  }

  /** The memory of a process, garbage included: what was there a moment ago counts too. */
  private static void heap(long pid, Path temp, String place, MultiPatternSearch multiPatternSearch)
      throws IOException, InterruptedException {
    Path dump = temp.resolve(place.replace(' ', '-') + ".hprof");
    Path said = temp.resolve("jcmd.out");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid),
                "GC.heap_dump",
                "-all",
                dump.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(jcmd.waitFor()).as("jcmd: %s", Files.readString(said)).isZero();
    multiPatternSearch.files(place, dump);
    Files.delete(dump);
  }

  /** Every column of every row; of object bytes those of the searched set. */
  private static void tables(Stack stack, String setId, MultiPatternSearch multiPatternSearch)
      throws SQLException, IOException {
    try (Connection connection = stack.db().asOwner()) {
      for (String table : tableNames(connection)) {
        boolean objects = table.equalsIgnoreCase(BYTES_IN.get(stack.db().kind()));
        String sql = objects ? OBJECTS.get(stack.db().kind()) : "select * from " + table;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
          if (objects) {
            query.setString(1, setId);
          }
          try (ResultSet rows = query.executeQuery()) {
            row(rows, multiPatternSearch);
          }
        }
      }
    }
  }

  /** Objects of the searched set that lie beside the database. */
  private static void objectFiles(Stack stack, String setId, MultiPatternSearch multiPatternSearch)
      throws SQLException, IOException {
    Optional<StackObjects> objects = stack.db().objects();
    if (objects.isEmpty()) {
      return;
    }
    try (Connection connection = stack.db().asOwner();
        PreparedStatement query =
            connection.prepareStatement("select repository_id from repository where set_id = ?")) {
      query.setString(1, setId);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Path repository = objects.get().repository(rows.getLong(1));
          if (Files.exists(repository)) {
            multiPatternSearch.files("object files", repository);
          }
        }
      }
    }
  }

  private static List<String> tableNames(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(connection.getCatalog(), null, "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (tables.next()) {
        if (tables.getString("TABLE_SCHEM").equalsIgnoreCase("public")) {
          names.add('"' + tables.getString("TABLE_NAME") + '"');
        }
      }
    }
    assertThat(names).hasSizeGreaterThan(10);
    return names;
  }

  private static void row(ResultSet rows, MultiPatternSearch multiPatternSearch)
      throws SQLException, IOException {
    while (rows.next()) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        int type = rows.getMetaData().getColumnType(i);
        boolean binary =
            type == Types.BINARY
                || type == Types.VARBINARY
                || type == Types.LONGVARBINARY
                || type == Types.BLOB;
        byte[] value = binary ? rows.getBytes(i) : text(rows.getString(i));
        if (value != null) {
          multiPatternSearch.bytes("database tables", value);
        }
      }
    }
  }

  private static byte @org.jspecify.annotations.Nullable [] text(
      @org.jspecify.annotations.Nullable String value) {
    return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
  }
}
