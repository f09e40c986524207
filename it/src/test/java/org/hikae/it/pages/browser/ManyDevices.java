package org.hikae.it.pages.browser;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.stack.StackDatabase;

/**
 * More devices of one employee than a page shows, written into the database, because enrolling so
 * many would take minutes. They are found by their agent's version.
 *
 * @param database of the portal
 * @param version of their agent
 * @param prefix how their identifiers begin, which sorts them behind all others
 */
public record ManyDevices(StackDatabase database, String version, String prefix) {

  /** Writes so many active devices, and one that is revoked. */
  public static ManyDevices write(StackDatabase database, long employeeId, int active)
      throws SQLException {
    String set = TextCodec.hex(ApiDevice.random(4));
    ManyDevices devices = new ManyDevices(database, "9.9-" + set, "fb" + set);
    try (Connection connection = database.asApplication();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into device (device_id, employee_id, name, platform, agent_version,"
                    + " public_key, state, enrolled_at) values (?, ?, ?, 'Linux', ?, ?, ?, ?)")) {
      for (int i = 0; i <= active; i++) {
        String number = String.format(Locale.ROOT, "%010d", i);
        insert.setString(1, devices.prefix() + "0".repeat(22 - devices.prefix().length()) + number);
        insert.setLong(2, employeeId);
        insert.setString(3, "Desk " + i);
        insert.setString(4, devices.version());
        insert.setBytes(5, new byte[91]);
        insert.setString(6, i < active ? "ACTIVE" : "REVOKED");
        insert.setTimestamp(7, Timestamp.from(Instant.EPOCH));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return devices;
  }

  /** How many of them are revoked. */
  public long revoked() throws SQLException {
    return count(
        "select count(*) from device where state = 'REVOKED' and agent_version = '"
            + version
            + "'");
  }

  /** How many rows the audit trail has about revoking them. */
  public long audited() throws SQLException {
    return count(
        "select count(*) from audit_event where action = 'device.revoke' and object like 'device:"
            + prefix
            + "%'");
  }

  private long count(String query) throws SQLException {
    try (Connection connection = database.asApplication();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
