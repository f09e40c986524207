package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.backup.ciphertext.store.CiphertextIndex;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.hk1.Hash256;

/**
 * Removes from the bucket what no row names, in steps: each ends after so many objects, or when it
 * has taken too long, and the next goes on behind it.
 */
final class S3Cleanup {

  private static final System.Logger LOG = System.getLogger(S3Cleanup.class.getName());

  /** Most objects of one step. */
  private static final int STEP_OBJECTS = 50;

  private final S3Bucket bucket;
  private final CiphertextIndex index;
  private final DeletionQueue deletions;
  private final Duration step;
  private final Map<Long, OrphanScan> scans = new ConcurrentHashMap<>();

  /**
   * Cleans a bucket up.
   *
   * @param step after how long a step ends
   */
  S3Cleanup(S3Bucket bucket, CiphertextIndex index, DeletionQueue deletions, Duration step) {
    this.bucket = bucket;
    this.index = index;
    this.deletions = deletions;
    this.step = step;
  }

  /**
   * How far the list of a repository was looked through.
   *
   * @param after the path of the last object that was
   * @param found objects without a row among them
   * @param removed those that were removed
   */
  private record OrphanScan(String after, int found, int removed) {

    static final OrphanScan NEW = new OrphanScan("", 0, 0);
  }

  /** First what was deleted, by the queue; then orphans, by the list of the bucket. */
  CiphertextStore.CleanedObjects removeLeftovers(
      Connection connection, long repositoryId, Instant before, Instant now, int wanted)
      throws SQLException, IOException {
    StepTime time = new StepTime(step);
    int most = Math.min(wanted, STEP_OBJECTS);
    List<ObjectKey> due = deletions.before(connection, repositoryId, before, most);
    int removed = 0;
    for (ObjectKey each : due) {
      if (time.isOver()) {
        return new CiphertextStore.CleanedObjects(removed, true);
      }
      if (removeDeleted(connection, each, now)) {
        removed++;
      }
    }
    return due.size() < most
        ? removeOrphans(connection, repositoryId, before, most, removed, time)
        : new CiphertextStore.CleanedObjects(removed, true);
  }

  /** What cannot go yet, because it is the last of a stored object, is looked at a grace later. */
  private boolean removeDeleted(Connection connection, ObjectKey key, Instant now)
      throws SQLException, IOException {
    boolean first = remove(connection, key, 0);
    boolean second = remove(connection, key, 1);
    boolean gone = first || second;
    if (gone) {
      deletions.remove(connection, key);
    } else {
      deletions.add(connection, key, now);
    }
    return gone;
  }

  private CiphertextStore.CleanedObjects removeOrphans(
      Connection connection,
      long repositoryId,
      Instant before,
      int most,
      int removedBefore,
      StepTime time)
      throws SQLException, IOException {
    // What fails begins anew.
    OrphanScan scan = Objects.requireNonNullElse(scans.remove(repositoryId), OrphanScan.NEW);
    int removed = removedBefore;
    S3Listing listing =
        new S3Listing(bucket, S3Layout.repository(repositoryId), scan.after(), S3Listing.PAGE);
    while (listing.hasMore()) {
      // The list first: what is stored in between has a row, and was not seen.
      for (Orphan each : orphans(connection, repositoryId, listing.next())) {
        boolean old = each.written().isBefore(before);
        if (old && (removed >= most || time.isOver())) {
          scans.put(repositoryId, scan);
          return new CiphertextStore.CleanedObjects(removed, true);
        }
        boolean gone = old && remove(connection, each.slot().key(), each.slot().slot());
        removed += gone ? 1 : 0;
        scan = new OrphanScan(each.path(), scan.found() + 1, scan.removed() + (gone ? 1 : 0));
      }
      scan = new OrphanScan(listing.last(), scan.found(), scan.removed());
      if (listing.hasMore() && time.isOver()) {
        scans.put(repositoryId, scan);
        return new CiphertextStore.CleanedObjects(removed, true);
      }
    }
    if (scan.found() > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "Repository {0}: {1} objects were in the bucket without a row, {2} of them are removed",
          repositoryId,
          scan.found(),
          scan.removed());
    }
    return new CiphertextStore.CleanedObjects(removed, false);
  }

  /** What no row names. */
  private record Orphan(S3Layout.NamedSlot slot, String path, Instant written) {}

  /** Those of a page that no row names, and that are in no queue. */
  private List<Orphan> orphans(
      Connection connection, long repositoryId, List<S3Bucket.ListedObject> page)
      throws SQLException {
    List<Orphan> ours =
        page.stream()
            .flatMap(
                each ->
                    S3Layout.parse(repositoryId, each.path()).stream()
                        .map(slot -> new Orphan(slot, each.path(), each.written())))
            .toList();
    if (ours.isEmpty()) {
      return ours;
    }
    Hash256 first = ours.getFirst().slot().key().name();
    Hash256 last = ours.getLast().slot().key().name();
    Map<Hash256, Integer> stored = index.between(connection, repositoryId, first, last);
    Set<Hash256> queued = deletions.between(connection, repositoryId, first, last);
    return ours.stream()
        .filter(
            each ->
                !Integer.valueOf(each.slot().slot()).equals(stored.get(each.slot().key().name())))
        .filter(each -> !queued.contains(each.slot().key().name()))
        .toList();
  }

  /**
   * Holds the object's row, so that nobody puts it meanwhile, and looks once more. The last bytes
   * of a stored object are never removed.
   */
  private boolean remove(Connection connection, ObjectKey key, int slot)
      throws SQLException, IOException {
    if (index.insert(connection, key, 0)) {
      bucket.delete(S3Layout.path(key, slot));
      index.delete(connection, key);
      return true;
    }
    OptionalInt kept = index.lock(connection, key);
    if (kept.isEmpty()
        || kept.getAsInt() == slot
        || bucket.size(S3Layout.path(key, kept.getAsInt())).isEmpty()) {
      return false;
    }
    bucket.delete(S3Layout.path(key, slot));
    return true;
  }

  /**
   * Removes the next of all that lies there of a repository, whatever its name.
   *
   * @return whether nothing is left
   */
  boolean eraseRepository(Connection connection, long repositoryId)
      throws SQLException, IOException {
    StepTime time = new StepTime(step);
    String repository = S3Layout.repository(repositoryId);
    S3Listing listing = new S3Listing(bucket, repository, "", STEP_OBJECTS);
    while (listing.hasMore()) {
      List<S3Bucket.ListedObject> page = listing.next();
      for (S3Bucket.ListedObject each : page) {
        bucket.delete(each.path());
        if (time.isOver()) {
          return false;
        }
      }
      if (!page.isEmpty()) {
        return isGone(repository, page);
      }
    }
    scans.remove(repositoryId);
    deletions.removeAll(connection, repositoryId);
    return true;
  }

  /** Another step looks whether that was all; unless the server has kept what it said was gone. */
  private boolean isGone(String repository, List<S3Bucket.ListedObject> removed)
      throws IOException {
    List<S3Bucket.ListedObject> next = new S3Listing(bucket, repository, "", 1).next();
    if (!next.isEmpty() && next.getFirst().path().equals(removed.getFirst().path())) {
      throw new VolumeException(
          VolumeFault.FAILING,
          "Erasing objects: FAILING (the server lists what it has said was removed).",
          null);
    }
    return false;
  }
}
