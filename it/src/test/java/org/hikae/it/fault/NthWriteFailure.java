package org.hikae.it.fault;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hikae.it.stack.StackDatabase;

/**
 * Triggers on every table of the portal on PostgreSQL that count what is written, and let the n-th
 * write fail as a full volume does: statements when they begin, and for objects, snapshots and runs
 * the commit as well. The count is a sequence, which no rollback takes back.
 */
final class NthWriteFailure implements AutoCloseable {

  /** Checked once more when the transaction commits. */
  private static final String DEADLOCK = "40P01";

  private static final int MAX_TRIES = 20;

  private static final Set<String> AT_COMMIT = Set.of("stored_object", "snapshot", "series");

  private static final String FUNCTION =
      """
      create sequence planted_count minvalue 0 start 0;
      create table planted_failure (number bigint not null);
      insert into planted_failure values (0);
      create function planted_fail() returns trigger language plpgsql security definer as $$
      begin
        if nextval('planted_count') = (select number from planted_failure) then
          raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end if;
        return null;
      end $$;
      """;

  private final StackDatabase database;

  private NthWriteFailure(StackDatabase database) {
    this.database = database;
  }

  static NthWriteFailure plantedIn(StackDatabase database) throws SQLException {
    NthWriteFailure planted = new NthWriteFailure(database);
    List<String> tables = planted.tables();
    planted.execute(FUNCTION);
    for (String table : tables) {
      planted.execute(
          "create trigger planted before insert or update or delete on "
              + table
              + " for each statement execute function planted_fail()");
      if (AT_COMMIT.contains(table)) {
        planted.execute(
            "create constraint trigger planted_commit after insert or update on "
                + table
                + " deferrable initially deferred for each row execute function planted_fail()");
      }
    }
    return planted;
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = database.asOwner();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select tablename from pg_tables where schemaname = current_schema()"
                    + " and tablename not like 'flyway%' order by 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** From now on, write {@code number} fails, counted from 1. */
  void fail(int number) throws SQLException {
    execute(
        "update planted_failure set number = "
            + number
            + "; alter sequence planted_count restart with 1");
  }

  /** How many writes there were since. */
  long count() throws SQLException {
    try (Connection connection = database.asOwner();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select case when is_called then last_value else 0 end from planted_count")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.asOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The portal writes every second, and locks in another order than this does. */
  @Override
  public void close() throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        execute(
            "drop function planted_fail() cascade; drop sequence planted_count;"
                + " drop table planted_failure");
        return;
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState()) || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }
}
