package org.hikae.backup.control;

import jakarta.enterprise.context.ApplicationScoped;
import org.hikae.backup.store.DatabaseCiphertextStore;
import org.hikae.hk1.Hk1;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * What this server lets be in flight at once, by kind. The figures fit a heap of 512 MiB; beyond
 * them the answer is 503 with Retry-After, never a wait that holds a thread.
 */
@ApplicationScoped
public class Transfers {

  /** Bytes of objects being received in memory: eight of the largest. */
  public static final long MAX_UPLOAD_BYTES = 8L * Hk1.MAX_OBJECT_BYTES;

  /**
   * Uploads at once, however small: each holds a thread of the server for as long as its sender
   * likes. Those that are too large for memory take {@link #MAX_UPLOADS} files at most.
   */
  public static final int MAX_UPLOADS = 12;

  /** Uploads of one employee at once, all devices together. */
  public static final int MAX_UPLOADS_PER_EMPLOYEE = 6;

  /** Objects being sent, each costing one slice and a thread. */
  public static final int MAX_DOWNLOADS = 12;

  /** Downloads of one employee at once. */
  public static final int MAX_DOWNLOADS_PER_EMPLOYEE = 6;

  /** Bytes that object lists may take while snapshots are committed. */
  public static final long MAX_LIST_BYTES = 160L * 1024 * 1024;

  /** Commits of one employee at once. */
  public static final int MAX_COMMITS_PER_EMPLOYEE = 2;

  /** When a client that was turned away should come back, in seconds. */
  public static final int RETRY_AFTER_SECONDS = 2;

  /** What one entry of an object list costs while it is hashed, measured and rounded up. */
  static final long BYTES_PER_LISTED_OBJECT = 300;

  private final InFlight uploads = new InFlight(MAX_UPLOAD_BYTES, MAX_UPLOADS_PER_EMPLOYEE);
  private final InFlight downloads =
      new InFlight(
          (long) MAX_DOWNLOADS * DatabaseCiphertextStore.SLICE_BYTES, MAX_DOWNLOADS_PER_EMPLOYEE);
  private final InFlight lists = new InFlight(MAX_LIST_BYTES, MAX_COMMITS_PER_EMPLOYEE);

  /** A place to receive {@code bytes}, or a refusal. */
  public InFlight.Place upload(long employeeId, long bytes) {
    // A larger one is received into a file.
    long held = bytes > Hk1.MAX_OBJECT_BYTES ? 0 : bytes;
    return enter(uploads, employeeId, Math.max(held, MAX_UPLOAD_BYTES / MAX_UPLOADS));
  }

  /** A place to send an object, or a refusal. */
  public InFlight.Place download(long employeeId) {
    return enter(downloads, employeeId, DatabaseCiphertextStore.SLICE_BYTES);
  }

  /** A place to compute a list of {@code objects}, or a refusal. */
  public InFlight.Place list(long employeeId, long objects) {
    return enter(lists, employeeId, Math.min(objects * BYTES_PER_LISTED_OBJECT, MAX_LIST_BYTES));
  }

  private static InFlight.Place enter(InFlight budget, long employeeId, long bytes) {
    return budget
        .enter(employeeId, bytes)
        .orElseThrow(() -> Refusal.retryAfter(ProblemCode.BUSY, RETRY_AFTER_SECONDS));
  }
}
