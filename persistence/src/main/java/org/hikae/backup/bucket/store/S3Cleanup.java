package org.hikae.backup.bucket.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.hikae.backup.ciphertext.store.CiphertextIndex;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.hk1.Hash256;

/** Removes from the bucket what no row names. */
final class S3Cleanup {

  private static final System.Logger LOG = System.getLogger(S3Cleanup.class.getName());

  /** Objects listed at once, which is the most that servers give. */
  private static final int PAGE = 1000;

  private final S3Bucket bucket;
  private final CiphertextIndex index;
  private final DeletionQueue deletions;

  S3Cleanup(S3Bucket bucket, CiphertextIndex index, DeletionQueue deletions) {
    this.bucket = bucket;
    this.index = index;
    this.deletions = deletions;
  }

  /** First what was deleted, by the queue; then orphans, by the list of the bucket. */
  int removeLeftovers(Connection connection, long repositoryId, Instant before, int most)
      throws SQLException, IOException {
    int removed = 0;
    for (ObjectKey each : deletions.before(connection, repositoryId, before, most)) {
      if (removeDeleted(connection, each)) {
        removed++;
      }
    }
    return removed + removeOrphans(connection, repositoryId, before, most - removed);
  }

  private boolean removeDeleted(Connection connection, ObjectKey key)
      throws SQLException, IOException {
    boolean first = remove(connection, key, 0);
    boolean second = remove(connection, key, 1);
    boolean gone = first || second;
    if (gone) {
      deletions.remove(connection, key);
    }
    return gone;
  }

  private int removeOrphans(Connection connection, long repositoryId, Instant before, int most)
      throws SQLException, IOException {
    int found = 0;
    int removed = 0;
    String after = "";
    boolean more = true;
    while (more && removed < most) {
      // The list first: what is stored in between has a row, and was not seen.
      List<S3Bucket.ListedObject> page =
          bucket.list(S3Layout.repository(repositoryId), after, PAGE);
      for (Orphan each : orphans(connection, repositoryId, page)) {
        found++;
        if (removed < most
            && each.written().isBefore(before)
            && remove(connection, each.slot().key(), each.slot().slot())) {
          removed++;
        }
      }
      more = page.size() == PAGE;
      after = page.isEmpty() ? after : page.getLast().path();
    }
    if (found > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "Repository {0}: {1} objects were in the bucket without a row, {2} of them are removed",
          repositoryId,
          found,
          removed);
    }
    return removed;
  }

  /** What no row names. */
  private record Orphan(S3Layout.NamedSlot slot, Instant written) {}

  /** Those of a page that no row names, and that are in no queue. */
  private List<Orphan> orphans(
      Connection connection, long repositoryId, List<S3Bucket.ListedObject> page)
      throws SQLException {
    List<Orphan> ours =
        page.stream()
            .flatMap(
                each ->
                    S3Layout.parse(repositoryId, each.path()).stream()
                        .map(slot -> new Orphan(slot, each.written())))
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
        || bucket.find(S3Layout.path(key, kept.getAsInt())).isEmpty()) {
      return false;
    }
    bucket.delete(S3Layout.path(key, slot));
    return true;
  }

  /** Removes all that lies there of a repository, whatever its name. */
  void eraseRepository(Connection connection, long repositoryId) throws SQLException, IOException {
    String repository = S3Layout.repository(repositoryId);
    List<S3Bucket.ListedObject> page = bucket.list(repository, "", PAGE);
    while (!page.isEmpty()) {
      for (S3Bucket.ListedObject each : page) {
        bucket.delete(each.path());
      }
      page = bucket.list(repository, page.getLast().path(), PAGE);
    }
    deletions.removeAll(connection, repositoryId);
  }
}
