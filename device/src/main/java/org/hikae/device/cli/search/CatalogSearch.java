package org.hikae.device.cli.search;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.files.RawPath;
import org.hikae.device.history.SealedSnapshotInfo;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.search.IndexTooLargeException;
import org.hikae.device.search.NameSearch;
import org.hikae.device.search.NameSearch.FoundNames;
import org.hikae.device.search.SearchIndexUpdater;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.device.search.SearchIndexUpdater.ShownSnapshot;
import org.hikae.device.state.AgentHome;
import org.hikae.device.store.BackupStoreException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Looks for names in the snapshots of a catalog, in the index of each device, which is brought up
 * to date first. One process at a time changes the indexes.
 */
public final class CatalogSearch implements AutoCloseable {

  private final SearchIndexUpdater updater;
  private final SearchListener listener;
  private final SearchIndexDirectory directory;
  private final Map<String, List<ShownSnapshot>> series;
  private int left;

  /** Hears what takes time, and what is not found. */
  public interface SearchListener extends SearchIndexUpdater.UpdateListener {
    /** The index of a device would be too large; what it has is searched. */
    void tooLarge(String deviceId);

    /** Whether the index of a device is known to become too large, and is not made again. */
    default boolean isTooLarge(String deviceId) {
      return false;
    }
  }

  /**
   * What was found in the snapshots of a device.
   *
   * @param deviceId hexadecimal
   */
  public record FoundOnDevice(String deviceId, FoundNames found) {}

  /** Looks into the index of a device. */
  @FunctionalInterface
  private interface Lookup {
    FoundNames in(IndexPlace place, int limit) throws DamagedDataException, IOException;
  }

  /** Opens the indexes, waiting for others or not. */
  @FunctionalInterface
  private interface DirectoryOpener {
    SearchIndexDirectory open(AgentHome home, BackupKey key) throws AgentException, IOException;
  }

  private CatalogSearch(
      SearchIndexUpdater updater,
      SearchListener listener,
      SearchIndexDirectory directory,
      Map<String, List<ShownSnapshot>> series) {
    this.updater = updater;
    this.listener = listener;
    this.directory = directory;
    this.series = series;
  }

  /**
   * Opens the indexes; waits until nobody else changes them.
   *
   * @param opened not closed here
   * @param device only those whose identifier begins so
   */
  public static CatalogSearch open(
      OpenedCatalog opened, @Nullable String device, SecureRandom random, SearchListener listener)
      throws AgentException, BackupStoreException, IOException {
    return open(opened, device, random, listener, SearchIndexDirectory::open);
  }

  /**
   * Opens the indexes of all devices without waiting. While somebody else changes them they are
   * searched as they are, see {@link #isUpdating}.
   *
   * @param opened not closed here
   */
  public static CatalogSearch openNow(
      OpenedCatalog opened, SecureRandom random, SearchListener listener)
      throws AgentException, BackupStoreException, IOException {
    return open(opened, null, random, listener, SearchIndexDirectory::openNow);
  }

  private static CatalogSearch open(
      OpenedCatalog opened,
      @Nullable String device,
      SecureRandom random,
      SearchListener listener,
      DirectoryOpener directory)
      throws AgentException, BackupStoreException, IOException {
    // Nobody waits for the indexes while the snapshots are read.
    Map<String, List<ShownSnapshot>> series = series(opened, device);
    return new CatalogSearch(
        new SearchIndexUpdater(opened.agent().store(), opened::reading, random),
        listener,
        directory.open(opened.agent().home(), opened.key()),
        series);
  }

  /** Whether this brings the indexes up to date, because nobody else does. */
  public boolean isUpdating() {
    return directory.isWritable();
  }

  /** Snapshots that can be read, by device, ascending. */
  private static Map<String, List<ShownSnapshot>> series(
      OpenedCatalog opened, @Nullable String device) throws AgentException, BackupStoreException {
    Map<String, List<ShownSnapshot>> series = new TreeMap<>();
    String setId = TextCodec.hex(opened.key().setId());
    List<SnapshotView> views =
        opened.snapshots().newestFirst(opened.snapshots().ofSet(setId, device));
    for (SnapshotView view : views.reversed()) {
      Optional<SealedSnapshotInfo> made = opened.snapshots().made(view);
      if (made.isPresent()) {
        series
            .computeIfAbsent(view.deviceId(), id -> new ArrayList<>())
            .add(new ShownSnapshot(view, made.get().at().getEpochSecond()));
      }
    }
    return series;
  }

  /** All snapshots that can be read. */
  public List<SnapshotView> snapshots() {
    return series.values().stream().flatMap(List::stream).map(ShownSnapshot::view).toList();
  }

  /** How many of them were not read yet in the last search. */
  public int left() {
    return left;
  }

  /** Brings the indexes up to date, as far as the listener wants. */
  public void update() throws AgentException, BackupStoreException, IOException {
    var _ = all(0, (place, limit) -> new FoundNames(List.of(), 0));
  }

  /**
   * Looks for a part of a name.
   *
   * @param part raw, without a slash
   * @param limit most names that are told
   */
  public List<FoundOnDevice> names(byte[] part, int limit)
      throws AgentException, BackupStoreException, IOException {
    return all(limit, (place, most) -> NameSearch.find(place, part, most));
  }

  /** Looks for what was at a path. */
  public List<FoundOnDevice> at(RawPath path)
      throws AgentException, BackupStoreException, IOException {
    return all(Integer.MAX_VALUE, (place, limit) -> NameSearch.at(place, path));
  }

  private List<FoundOnDevice> all(int limit, Lookup lookup)
      throws AgentException, BackupStoreException, IOException {
    List<FoundOnDevice> all = new ArrayList<>();
    int most = limit;
    left = 0;
    for (String deviceId : series.keySet()) {
      FoundNames found = one(deviceId, most, lookup);
      most -= found.names().size();
      all.add(new FoundOnDevice(deviceId, found));
    }
    return all;
  }

  private FoundNames one(String deviceId, int limit, Lookup lookup)
      throws AgentException, BackupStoreException, IOException {
    IndexPlace place = directory.place(deviceId);
    if (!directory.isWritable()) {
      return asItIs(deviceId, place, limit, lookup);
    }
    int before = left;
    try {
      try {
        return updated(deviceId, place, limit, lookup);
      } catch (DamagedDataException e) {
        // It can be made of what is stored.
        left = before;
        Files.deleteIfExists(place.file());
        return updated(deviceId, place, limit, lookup);
      }
    } catch (DamagedDataException e) {
      throw new BackupStoreException(RunResult.LOCAL, String.valueOf(e.getMessage()), e);
    }
  }

  /** What the index has; nothing while it is damaged, until who changes it has made it anew. */
  private FoundNames asItIs(String deviceId, IndexPlace place, int limit, Lookup lookup)
      throws IOException {
    left += SearchIndexUpdater.missing(place, series.getOrDefault(deviceId, List.of()));
    try {
      return lookup.in(place, limit);
    } catch (DamagedDataException e) {
      return new FoundNames(List.of(), 0);
    }
  }

  private FoundNames updated(String deviceId, IndexPlace place, int limit, Lookup lookup)
      throws DamagedDataException, AgentException, BackupStoreException, IOException {
    if (!listener.isTooLarge(deviceId)) {
      try {
        left += updater.update(place, series.getOrDefault(deviceId, List.of()), listener);
      } catch (IndexTooLargeException e) {
        listener.tooLarge(deviceId);
      }
    }
    return lookup.in(place, limit);
  }

  @Override
  public void close() {
    directory.close();
  }
}
