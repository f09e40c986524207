package org.hikae.problem.service;

import jakarta.resource.ResourceException;
import jakarta.transaction.HeuristicMixedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAException;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the state of database and disks has made fail from a defect: a full volume, one that
 * fails or is not there, a database that is down, restarts or was killed in the middle of a
 * transaction, rows that others hold. Nobody's program is wrong then, nothing of the request was
 * kept, it may be sent again, and the client is told so.
 */
public final class StorageFailureClassifier {

  /** When to try a database again that does not answer, in seconds: it restarts in a few. */
  public static final int UNAVAILABLE_SECONDS = 2;

  /** When to try rows again that others held, in seconds. */
  public static final int CONTENDED_SECONDS = 1;

  /** When to try a full volume again, in seconds: somebody has to make room first. */
  public static final int FULL_SECONDS = 300;

  /** How many exceptions behind one failure are looked at. */
  private static final int MAX_LOOKED_AT = 60;

  /** PostgreSQL: a volume is full. */
  private static final String DISK_FULL = "53100";

  /** What the kernel says of a full volume or a quota of the file system; H2 hands it on. */
  private static final List<String> NO_SPACE =
      List.of("No space left on device", "Disk quota exceeded");

  /** What it says of a disk or of what leads to it. */
  private static final List<String> DISK_FAILS =
      List.of("Input/output error", "Read-only file system", "Stale file handle");

  /** PostgreSQL: this server only follows another, which has become the primary meanwhile. */
  private static final String READ_ONLY = "25006";

  /** H2: the file is broken off, the database is closed or being closed. */
  private static final Set<String> H2_GONE = Set.of("90067", "90098", "90121");

  /**
   * A deadlock's victim (40001; PostgreSQL 40P01), a lock that was not to be had in time
   * (PostgreSQL 55P03, H2 HYT00), and H2's two changes of one row at once.
   */
  private static final Set<String> CONTENDED = Set.of("40001", "40P01", "55P03", "HYT00", "90131");

  private StorageFailureClassifier() {}

  /** The refusal that a failure deserves when storage is behind it. */
  public static Optional<Refusal> behind(@Nullable Throwable failure) {
    boolean gone = false;
    boolean contended = false;
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    push(open, failure);
    while (!open.isEmpty() && seen.size() < MAX_LOOKED_AT) {
      Throwable each = open.pop();
      if (!seen.add(each)) {
        continue;
      }
      if (isFull(each)) {
        return Optional.of(Refusal.retryAfter(ProblemCode.STORAGE_FULL, FULL_SECONDS));
      }
      gone |= isGone(each);
      contended |= isContended(each);
      push(open, each.getCause());
      for (Throwable suppressed : each.getSuppressed()) {
        push(open, suppressed);
      }
      if (each instanceof SQLException sql) {
        push(open, sql.getNextException());
      }
    }
    if (gone) {
      return Optional.of(Refusal.retryAfter(ProblemCode.STORAGE_UNAVAILABLE, UNAVAILABLE_SECONDS));
    }
    return contended
        ? Optional.of(Refusal.retryAfter(ProblemCode.BUSY, CONTENDED_SECONDS))
        : Optional.empty();
  }

  private static void push(Deque<Throwable> open, @Nullable Throwable next) {
    if (next != null) {
      open.push(next);
    }
  }

  private static boolean isFull(Throwable failure) {
    return switch (failure) {
      case SQLException sql -> DISK_FULL.equals(sql.getSQLState());
      case IOException io -> says(io, NO_SPACE);
      default -> false;
    };
  }

  private static boolean says(IOException failure, List<String> texts) {
    String message = String.valueOf(failure.getMessage());
    return texts.stream().anyMatch(message::contains);
  }

  private static boolean isContended(Throwable failure) {
    return failure instanceof SQLException sql
        && CONTENDED.contains(String.valueOf(sql.getSQLState()));
  }

  private static boolean isGone(Throwable failure) {
    return switch (failure) {
      case SQLTransientConnectionException _,
          SQLNonTransientConnectionException _,
          SQLRecoverableException _ ->
          true;
      case SQLException sql -> isGone(String.valueOf(sql.getSQLState()));
      // The pool has no connection to give, or one broke while it was committed.
      case ResourceException _, XAException _, HeuristicMixedException _ -> true;
      // A folder or a file that should be there, or that nobody may write.
      case FileSystemException _ -> true;
      case IOException io -> says(io, DISK_FAILS);
      default -> false;
    };
  }

  /** Class 08 is a broken connection; 57P01 to 57P03 are a server that goes down or comes up. */
  private static boolean isGone(String state) {
    return state.startsWith("08")
        || state.startsWith("57P0")
        || state.equals(READ_ONLY)
        || H2_GONE.contains(state);
  }
}
