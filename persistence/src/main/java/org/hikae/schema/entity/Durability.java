package org.hikae.schema.entity;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * Whether the database keeps what it has committed. A device forgets what the portal acknowledged,
 * so the portal serves on no database that was told to promise less; no setting switches this off.
 */
public final class Durability {

  /** What a setting is called, how it is read, and which values will do. */
  private record Setting(String name, String query, Predicate<String> safe, String remedy) {}

  private static final List<Setting> POSTGRESQL =
      List.of(
          new Setting("fsync", "show fsync", "on"::equals, "Set fsync=on."),
          new Setting(
              "full_page_writes",
              "show full_page_writes",
              "on"::equals,
              "Set full_page_writes=on."),
          // The other values differ in which standby servers a commit waits for.
          new Setting(
              "synchronous_commit",
              "show synchronous_commit",
              value -> !value.equals("off"),
              "Set synchronous_commit=on, for the server, the database and the application's login."));

  private static final List<Setting> H2 =
      List.of(
          new Setting(
              "WRITE_DELAY",
              "select setting_value from information_schema.settings where setting_name ="
                  + " 'WRITE_DELAY'",
              "0"::equals,
              "Leave WRITE_DELAY out of the database's address; the portal sets it to 0."));

  private Durability() {}

  /**
   * Refuses a database that may forget what it committed.
   *
   * @param application connects as the login that the portal works with, because some settings
   *     belong to the login
   * @throws IllegalStateException with a sentence for each setting at fault
   */
  public static void require(DataSource application) throws SQLException {
    List<String> faults = new ArrayList<>();
    try (Connection connection = application.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      boolean h2 = product.toLowerCase(Locale.ROOT).equals("h2");
      for (Setting setting : h2 ? H2 : POSTGRESQL) {
        String value = value(connection, setting);
        if (!setting.safe().test(value)) {
          faults.add(
              product
                  + " runs with "
                  + setting.name()
                  + "="
                  + value
                  + ", so a crash could lose what devices were told is stored. "
                  + setting.remedy());
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join(" ", faults));
    }
  }

  private static String value(Connection connection, Setting setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(setting.query())) {
      return row.next() ? row.getString(1) : "unknown";
    }
  }
}
