package org.hikae.it.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.hikae.testing.TestScope;

/**
 * A test that has the machine to itself, on each kind of database at the same time, so that both
 * processors have work. A short run has PostgreSQL alone.
 */
public final class DatabaseLanes {

  /** What is done on one system. */
  @FunctionalInterface
  public interface Lane {
    /** Does it. */
    void on(StackDatabase.Kind kind) throws Exception;
  }

  private DatabaseLanes() {}

  /** The kinds of which this run asks this of a class. */
  public static List<StackDatabase.Kind> kinds(Class<?> test) {
    return TestScope.ofThisRun().takesAllOf(test)
        ? List.of(StackDatabase.Kind.values())
        : List.of(StackDatabase.Kind.POSTGRESQL);
  }

  /**
   * Returns when every lane has ended.
   *
   * @param told what a failure begins with
   * @throws AssertionError with the cause of the first lane that failed; those of others are
   *     suppressed in it
   */
  public static void run(Class<?> test, String told, Lane lane) throws InterruptedException {
    List<FutureTask<Void>> lanes = new ArrayList<>();
    for (StackDatabase.Kind kind : kinds(test)) {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                lane.on(kind);
                return null;
              });
      lanes.add(task);
      Thread.ofPlatform().name(test.getSimpleName() + " " + kind).start(task);
    }
    AssertionError failed = null;
    for (FutureTask<Void> task : lanes) {
      try {
        task.get();
      } catch (ExecutionException e) {
        AssertionError error = new AssertionError(told, e.getCause());
        if (failed == null) {
          failed = error;
        } else {
          failed.addSuppressed(error);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
