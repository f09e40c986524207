package org.hikae.device.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.browse.SnapshotListing;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Brings the index of a series up to date: reads the manifests of snapshots that it does not have,
 * one after the other, and forgets those that are gone. Each makes a new file, so whatever ends it,
 * the index is whole and the next run goes on. One that cannot be opened is made anew.
 */
public final class SearchIndexUpdater {

  private final BackupStore store;
  private final GenerationKeys keys;
  private final SecureRandom random;

  /** Finds the K of a generation. */
  @FunctionalInterface
  public interface GenerationKeys {
    /** That K; the caller closes it. */
    BackupKey of(long generation) throws AgentException;
  }

  /**
   * Where an index lies, and what seals it.
   *
   * @param key not closed here
   */
  public record IndexPlace(Path file, SecretBytes key, SealContext context) {}

  /** A snapshot that is to be in an index. */
  public record ShownSnapshot(SnapshotView view, long madeSeconds) {}

  /** Hears what is done. */
  public interface UpdateListener {
    /** A manifest is read through now. */
    void reads(SnapshotView view);

    /** A manifest could not be read; its names are not found. */
    void unreadable(SnapshotView view, BackupStoreException why);

    /** Whether a manifest is known to be unreadable, and is not tried again. */
    default boolean skips(SnapshotView view) {
      return false;
    }

    /** Whether another manifest is to be read; what was read until then is kept. */
    default boolean goesOn() {
      return true;
    }
  }

  public SearchIndexUpdater(BackupStore store, GenerationKeys keys, SecureRandom random) {
    this.store = store;
    this.keys = keys;
    this.random = random;
  }

  /**
   * Updates an index.
   *
   * @param shown all snapshots of the series that can be read, ascending
   * @return how many of them are not read yet, because the listener wanted no more
   * @throws DamagedDataException when the index is damaged, and has to be made anew
   */
  public int update(IndexPlace place, List<ShownSnapshot> shown, UpdateListener listener)
      throws DamagedDataException, AgentException, BackupStoreException, IOException {
    Set<String> earlier = new HashSet<>();
    Set<String> indexed = indexed(place);
    int left = 0;
    for (ShownSnapshot each : shown) {
      String id = each.view().snapshotId();
      if (indexed.contains(id) || listener.skips(each.view())) {
        earlier.add(id);
        continue;
      }
      if (!listener.goesOn()) {
        left++;
        continue;
      }
      listener.reads(each.view());
      try (SearchIndexReader index = open(place)) {
        indexed = add(place, index, earlier, each);
      } catch (BackupStoreException e) {
        if (e.result() != RunResult.CORRUPT) {
          throw e;
        }
        listener.unreadable(each.view(), e);
      }
      earlier.add(id);
    }
    return left;
  }

  /** How many snapshots of a series its index does not have; nothing is changed. */
  public static int missing(IndexPlace place, List<ShownSnapshot> shown) throws IOException {
    Set<String> indexed = indexed(place);
    return (int) shown.stream().filter(each -> !indexed.contains(each.view().snapshotId())).count();
  }

  private static Set<String> indexed(IndexPlace place) throws IOException {
    try (SearchIndexReader index = open(place)) {
      return index == null ? Set.of() : ids(index.snapshots());
    }
  }

  private static Set<String> ids(List<IndexedSnapshot> snapshots) {
    Set<String> ids = new HashSet<>();
    snapshots.forEach(each -> ids.add(each.snapshotId()));
    return ids;
  }

  static @Nullable SearchIndexReader open(IndexPlace place) throws IOException {
    try {
      return SearchIndexReader.open(place.file(), place.key(), place.context());
    } catch (NoSuchFileException | DamagedDataException e) {
      // It is made anew.
      return null;
    }
  }

  /**
   * Adds a snapshot as the newest of the index. What was read of later ones goes, and they are read
   * again: the numbers of an index are in the order of time.
   *
   * @param earlier what is shown and comes before it
   * @return what the index has now
   */
  private Set<String> add(
      IndexPlace place, @Nullable SearchIndexReader index, Set<String> earlier, ShownSnapshot added)
      throws DamagedDataException, AgentException, BackupStoreException, IOException {
    List<IndexedSnapshot> kept = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (IndexedSnapshot each : index == null ? List.<IndexedSnapshot>of() : index.snapshots()) {
      numbers.add(kept.size());
      if (earlier.contains(each.snapshotId())) {
        kept.add(each);
      }
    }
    numbers.add(kept.size());
    int number = kept.size();
    kept.add(new IndexedSnapshot(added.view().snapshotId(), added.madeSeconds()));
    try (BackupKey key = keys.of(added.view().generation());
        SearchIndexWriter writer =
            new SearchIndexWriter(place.file(), place.key(), place.context(), kept, random)) {
      Merge merge = new Merge(index, numbers, number, writer);
      long _ = new SnapshotListing(store, key).list(added.view(), RawPath.ROOT, merge::take);
      merge.end();
      writer.finish();
      return ids(kept);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalStateException e) {
      throw SearchIndexReader.damageIn(e);
    }
  }

  /** What was in the index and what a manifest has, both in the order of paths. */
  private static final class Merge {

    private final Iterator<IndexedName> before;
    private final List<Integer> numbers;
    private final int number;
    private final SearchIndexWriter writer;
    private @Nullable IndexedName ahead;

    /**
     * Merges.
     *
     * @param numbers by the earlier number of a snapshot how many before it are kept
     * @param number of the snapshot that is added
     */
    Merge(
        @Nullable SearchIndexReader index,
        List<Integer> numbers,
        int number,
        SearchIndexWriter writer) {
      this.before = index == null ? List.<IndexedName>of().iterator() : index.names();
      this.numbers = numbers;
      this.number = number;
      this.writer = writer;
      advance();
    }

    private void advance() {
      ahead = null;
      while (ahead == null && before.hasNext()) {
        IndexedName next = before.next();
        List<IndexedVersion> versions = new ArrayList<>();
        for (IndexedVersion each : next.versions()) {
          int first = numbers.get(each.first());
          int last = numbers.get(each.last() + 1) - 1;
          if (first <= last) {
            versions.add(each.in(first, last));
          }
        }
        ahead = versions.isEmpty() ? null : new IndexedName(next.path(), versions);
      }
    }

    private void write(IndexedName name) {
      try {
        writer.add(name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean take(ListedEntry entry) {
      IndexedName had = writeBefore(entry.path());
      IndexedVersion version =
          new IndexedVersion(
              number, number, entry.type(), entry.size(), entry.modified().getEpochSecond());
      if (had == null) {
        write(new IndexedName(entry.path(), List.of(version)));
      } else {
        List<IndexedVersion> versions = new ArrayList<>(had.versions());
        IndexedVersion last = versions.getLast();
        if (last.last() == number - 1 && last.isLike(version)) {
          versions.set(versions.size() - 1, last.in(last.first(), number));
        } else {
          versions.add(version);
        }
        write(new IndexedName(had.path(), versions));
        advance();
      }
      return true;
    }

    /** Writes what comes before a path; the name of this very path, if it was there. */
    private @Nullable IndexedName writeBefore(RawPath path) {
      while (ahead != null) {
        int order = ahead.path().compareTo(path);
        if (order >= 0) {
          return order == 0 ? ahead : null;
        }
        write(ahead);
        advance();
      }
      return null;
    }

    void end() {
      while (ahead != null) {
        write(ahead);
        advance();
      }
    }
  }
}
