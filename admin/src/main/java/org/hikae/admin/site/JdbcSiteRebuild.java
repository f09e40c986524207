package org.hikae.admin.site;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Says in the portals' PostgreSQL that objects lie where their copies were: for the database at the
 * second site, when folder or bucket of the first are lost. All of it happens in one transaction,
 * or nothing.
 */
public final class JdbcSiteRebuild {

  private static final String PORTALS =
      "select count(*) from ciphertext_portal where seen_at > now() - interval '90 seconds'";

  private static final String PLACE = "select count(*) from ciphertext_copy_place";

  private static final String COPIES = "select count(*) from ciphertext_copy";

  /** Those whose bytes are lost, unless a device has them. */
  private static final String LACKING =
      "select count(*) from stored_object o where not exists (select 1 from ciphertext_copy c"
          + " where c.repository_id = o.repository_id and c.name = o.name)"
          + " and not exists (select 1 from ciphertext d"
          + " where d.repository_id = o.repository_id and d.name = o.name)";

  /** What lay at the first site. */
  private static final List<String> FORGET =
      List.of(
          "delete from ciphertext_file",
          "delete from ciphertext_folder",
          "delete from ciphertext_object",
          "delete from ciphertext_deletion",
          "delete from ciphertext_bucket");

  private static final List<String> FROM_FILES =
      List.of(
          "insert into ciphertext_file (repository_id, name, size_bytes, slot)"
              + " select repository_id, name, size_bytes, slot from ciphertext_copy",
          "insert into ciphertext_folder (folder_id, mark)"
              + " select 1, mark from ciphertext_copy_place");

  private static final List<String> FROM_S3 =
      List.of(
          "insert into ciphertext_object (repository_id, name, size_bytes, slot)"
              + " select repository_id, name, size_bytes, slot from ciphertext_copy",
          "insert into ciphertext_deletion (repository_id, name, deleted_at)"
              + " select repository_id, name, deleted_at from ciphertext_copy_deletion",
          "insert into ciphertext_bucket (bucket_id, mark)"
              + " select 1, mark from ciphertext_copy_place");

  /** There is no second store any more, and nothing is ordered. */
  private static final List<String> END =
      List.of(
          "delete from ciphertext_copy_due",
          "delete from ciphertext_copy_deletion",
          "delete from ciphertext_copy",
          "delete from ciphertext_copy_place",
          "update ciphertext_copy_state set after_object = 0, waiting_count = 0, passed_at = null",
          "update ciphertext_move set target = null, ordered_at = null, noted = true,"
              + " paused = false, after_repository = 0, after_name = null, waiting_count = 0,"
              + " left_count = 0, fault_store = null, fault = null, fault_at = null,"
              + " passed_at = null, holder = null, held_until = null");

  private final Connection connection;

  /** Works with a connection of the owner. */
  public JdbcSiteRebuild(Connection connection) {
    this.connection = connection;
  }

  /** What sort of place the second store is. */
  public enum SecondPlace {
    FILES,
    S3
  }

  /**
   * What was done.
   *
   * @param portals how many portals run on this database; then nothing was done
   * @param known whether the database knows a second store; else nothing was done
   * @param copies how many objects lie there
   * @param lacking how many objects have no bytes anywhere
   */
  public record SiteRebuildResult(int portals, boolean known, long copies, long lacking) {

    /** Whether it was done. */
    public boolean isDone() {
      return portals == 0 && known;
    }
  }

  /**
   * Does it.
   *
   * @param place what sort of place the second store is
   */
  public SiteRebuildResult rebuild(SecondPlace place) throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try (Statement statement = connection.createStatement()) {
      SiteRebuildResult result =
          new SiteRebuildResult(
              (int) number(statement, PORTALS),
              number(statement, PLACE) > 0,
              number(statement, COPIES),
              number(statement, LACKING));
      if (result.isDone()) {
        execute(statement, FORGET);
        execute(statement, place == SecondPlace.FILES ? FROM_FILES : FROM_S3);
        execute(statement, END);
      }
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(Statement statement, List<String> sentences) throws SQLException {
    for (String sql : sentences) {
      statement.executeUpdate(sql);
    }
  }
}
