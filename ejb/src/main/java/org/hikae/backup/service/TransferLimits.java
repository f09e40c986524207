package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.DatabaseCiphertextStore;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hk1Constants;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TransferBudget;

/**
 * What this server lets be in flight at once, by kind. The figures fit a heap of 512 MiB; beyond
 * them the answer is 503 with Retry-After, never a wait that holds a thread. How each is shared,
 * {@link TransferBudget} says; how long a body may keep its place, the minimum rate of bodies.
 */
@ApplicationScoped
public class TransferLimits {

  /** Bytes of objects being received in memory: eight of the largest. */
  public static final long MAX_MEMORY_BYTES = 8L * Hk1Constants.MAX_OBJECT_BYTES;

  /** Bytes of objects being received into files: twelve of the largest. */
  public static final long MAX_FILE_BYTES = 12L * ResticType.MAX_OBJECT_BYTES;

  /** Uploads at once, each of which holds a thread of the server. */
  public static final int MAX_UPLOADS = 40;

  /**
   * Uploads of one employee at once, all devices together: restic has 5 connections, and 20 where
   * somebody asks for speed.
   */
  public static final int MAX_UPLOADS_PER_EMPLOYEE = 20;

  /** Objects being sent, each costing one slice and a thread. */
  public static final int MAX_DOWNLOADS = 40;

  /** Downloads of one employee at once. */
  public static final int MAX_DOWNLOADS_PER_EMPLOYEE = 20;

  /** Bytes that object lists may take while snapshots are committed. */
  public static final long MAX_LIST_BYTES = 160L * 1024 * 1024;

  /** Commits at once; what bounds them is their bytes. */
  private static final int MAX_COMMITS = 1000;

  /** Commits of one employee at once. */
  public static final int MAX_COMMITS_PER_EMPLOYEE = 2;

  /** When a client that was turned away should come back, in seconds. */
  public static final int RETRY_AFTER_SECONDS = 2;

  /** What one entry of an object list costs while it is hashed, measured and rounded up. */
  static final long BYTES_PER_LISTED_OBJECT = 300;

  private final TransferBudget uploads =
      new TransferBudget(Long.MAX_VALUE, MAX_UPLOADS, MAX_UPLOADS_PER_EMPLOYEE);
  private final TransferBudget memory =
      new TransferBudget(MAX_MEMORY_BYTES, MAX_UPLOADS, MAX_UPLOADS_PER_EMPLOYEE);
  private final TransferBudget files =
      new TransferBudget(MAX_FILE_BYTES, MAX_UPLOADS, MAX_UPLOADS_PER_EMPLOYEE);
  private final TransferBudget downloads =
      new TransferBudget(
          (long) MAX_DOWNLOADS * DatabaseCiphertextStore.SLICE_BYTES,
          MAX_DOWNLOADS,
          MAX_DOWNLOADS_PER_EMPLOYEE);
  private final TransferBudget lists =
      new TransferBudget(MAX_LIST_BYTES, MAX_COMMITS, MAX_COMMITS_PER_EMPLOYEE);

  /**
   * Where a body is received.
   *
   * @param place what it takes there
   * @param inMemory whether in memory; else in a file
   */
  public record TransferSlot(TransferBudget.Place place, boolean inMemory)
      implements AutoCloseable {

    @Override
    public void close() {
      place.close();
    }
  }

  /** A place among the uploads, or a refusal. */
  public TransferBudget.Place upload(long employeeId) {
    return entered(uploads.enter(employeeId, 0));
  }

  /** Room in memory, or a refusal. */
  public TransferBudget.Place memory(long employeeId, long bytes) {
    return entered(memory.enter(employeeId, bytes));
  }

  /** Room in memory for what is not too large for it, or else in a file, or a refusal. */
  public TransferSlot room(long employeeId, long bytes) {
    Optional<TransferBudget.Place> place =
        bytes > Hk1Constants.MAX_OBJECT_BYTES ? Optional.empty() : memory.enter(employeeId, bytes);
    return place
        .map(found -> new TransferSlot(found, true))
        .orElseGet(() -> new TransferSlot(entered(files.enter(employeeId, bytes)), false));
  }

  /** A place to send an object, or a refusal. */
  public TransferBudget.Place download(long employeeId) {
    return entered(downloads.enter(employeeId, DatabaseCiphertextStore.SLICE_BYTES));
  }

  /** A place to compute a list of {@code objects}, or a refusal. */
  public TransferBudget.Place list(long employeeId, long objects) {
    return entered(
        lists.enter(employeeId, Math.min(objects * BYTES_PER_LISTED_OBJECT, MAX_LIST_BYTES)));
  }

  private static TransferBudget.Place entered(Optional<TransferBudget.Place> place) {
    return place.orElseThrow(() -> Refusal.retryAfter(ProblemCode.BUSY, RETRY_AFTER_SECONDS));
  }
}
