package org.hikae.it.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What lists of employees are sorted by, against what it is a copy of. The migration that makes the
 * copy says how it is made.
 */
public final class SummaryConsistency {

  private static final String MIGRATION = "db/migration/V050__Sum_up_employees_for_lists.sql";

  private SummaryConsistency() {}

  /** The statement that adds a row for every employee who has none. */
  public static String fill() {
    return "insert into employee_summary " + select() + " on conflict do nothing";
  }

  private static String select() {
    try (InputStream in =
        SummaryConsistency.class.getClassLoader().getResourceAsStream(MIGRATION)) {
      if (in == null) {
        throw new IOException("There is no " + MIGRATION);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int insert = text.indexOf("insert into employee_summary");
      int select = text.indexOf("select", insert);
      return text.substring(select, text.indexOf(';', select));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fails when an employee is sorted by what does not hold. Bytes are left out: they are copied
   * when a run is reported, not with each object.
   *
   * @param employees condition on {@code employee_id}
   */
  public static void requireTrue(StackDatabase database, String employees) throws SQLException {
    String query =
        "with truth (employee_id, name_key, search_text, standing, device_count, last_run_at,"
            + " last_run_result, last_backup_at, stored_bytes) as ("
            + select()
            + ") select t.employee_id, s.employee_id, t.standing, s.standing, t.device_count,"
            + " s.device_count, t.last_run_at, s.last_run_at, t.last_run_result,"
            + " s.last_run_result, t.last_backup_at, s.last_backup_at, t.name_key, s.name_key"
            + " from truth t left join employee_summary s on s.employee_id = t.employee_id"
            + " where t.employee_id in ("
            + employees
            + ") and (s.employee_id is null or t.name_key <> s.name_key"
            + " or t.search_text <> s.search_text or t.standing <> s.standing"
            + " or t.device_count <> s.device_count"
            + " or t.last_run_at is distinct from s.last_run_at"
            + " or t.last_run_result is distinct from s.last_run_result"
            + " or t.last_backup_at is distinct from s.last_backup_at)";
    try (Connection owner = database.asOwner();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      StringBuilder wrong = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          wrong.append(rows.getString(i)).append(i % 2 == 1 ? " / " : ", ");
        }
        wrong.append('\n');
      }
      assertThat(wrong.toString()).as("what holds / what lists are sorted by").isEmpty();
    }
  }
}
