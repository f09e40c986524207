package org.hikae.it.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;

/** Waits for conditions, with a limit. */
final class Await {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  /** Asks until the answer is as wanted. */
  static <T> T until(Supplier<T> question, Predicate<T> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      T answer = question.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Still not as wanted: " + answer);
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Returns once a session of the database waits for another one's row. */
  static void forBlockedSession(Stack stack) throws Exception {
    String sql =
        stack.db().kind() == StackDatabase.Kind.H2
            ? "select count(*) from information_schema.sessions where blocker_id is not null"
            : "select count(*) from pg_locks where not granted";
    try (Connection connection = stack.db().asOwner();
        Statement statement = connection.createStatement()) {
      until(() -> count(statement, sql), count -> count > 0);
    }
  }

  private static long count(Statement statement, String sql) {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }
}
