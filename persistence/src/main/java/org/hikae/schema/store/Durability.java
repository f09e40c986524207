package org.hikae.schema.store;

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
 * Whether the database keeps what it has committed, and shows it to all who read afterwards. A
 * device forgets what the portal acknowledged, and whoever waits for a lock reads again under it;
 * so the portal serves on no database that was told to promise less. No setting switches this off.
 */
public final class Durability {

  private static final String FORGETS = "a crash could lose what devices were told is stored";

  /** What a setting is called, how it is read, which values will do, and what others could do. */
  private record Setting(
      String name, String query, Predicate<String> safe, String harm, String remedy) {

    static Setting ofH2(String name, String harm, String remedy) {
      String query =
          "select setting_value from information_schema.settings where setting_name = '"
              + name
              + "'";
      return new Setting(name, query, "0"::equals, harm, remedy);
    }
  }

  private static final List<Setting> POSTGRESQL =
      List.of(
          new Setting("fsync", "show fsync", "on"::equals, FORGETS, "Set fsync=on."),
          new Setting(
              "full_page_writes",
              "show full_page_writes",
              "on"::equals,
              FORGETS,
              "Set full_page_writes=on."),
          // The other values differ in which standby servers a commit waits for.
          new Setting(
              "synchronous_commit",
              "show synchronous_commit",
              value -> !value.equals("off"),
              FORGETS,
              "Set synchronous_commit=on, for the server, the database and the application's login."));

  private static final List<Setting> H2 =
      List.of(
          Setting.ofH2(
              "WRITE_DELAY",
              FORGETS,
              "Leave WRITE_DELAY out of the database's address; the portal sets it to 0."),
          // H2 keeps the rows of a connection's last statements and gives them again while it
          // believes that nothing has changed. A commit says so a moment before its rows can be
          // seen; what is read in between would be given again for as long as the table rests.
          Setting.ofH2(
              "QUERY_CACHE_SIZE",
              "what others have committed could stay unseen",
              "Leave QUERY_CACHE_SIZE out of the database's address, and let nothing open the"
                  + " database's file before the portal does; it sets 0 when it opens the file."),
          // H2 moves parts of its file when it closes it, and may truncate it before it has noted
          // where they are now (its #4247).
          Setting.ofH2(
              "MAX_COMPACT_TIME",
              "a stop could lose what devices were told is stored",
              "Leave MAX_COMPACT_TIME out of the database's address, and let nothing open the"
                  + " database's file before the portal does; it sets 0 when it opens the file."));

  private Durability() {}

  /**
   * Refuses a database that may forget or hide what it committed.
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
                  + ", so "
                  + setting.harm()
                  + ". "
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
