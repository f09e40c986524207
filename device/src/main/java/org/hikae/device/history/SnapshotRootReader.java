package org.hikae.device.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.snapshot.OpenedSnapshotRoot;
import org.hikae.device.snapshot.RecentObjectCache;
import org.hikae.device.snapshot.SealedObjectCache;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.WithheldObjectException;

/**
 * Opens the roots of snapshots for what is sealed in them. A root opens only for the set, device
 * and place that its stub names, so a time from here is that of this very snapshot. Each is fetched
 * once. Nothing is known of a snapshot that was removed, whose root is withheld or does not open,
 * or whose K this device cannot find.
 */
public final class SnapshotRootReader implements AutoCloseable {

  /** Roots that are fetched at a time; a device may fetch twenty objects at once. */
  private static final int AT_ONCE = 8;

  /** What {@link #withheld} says of a root whose K is missing for want of wraps. */
  private static final String NO_WRAPS = "wraps";

  private final BackupStore store;
  private final GenerationKeys keys;
  private final RecentObjectCache sealed = new RecentObjectCache();
  private final Map<Long, Optional<BackupKey>> opened = new HashMap<>();
  private final Map<String, Optional<SealedSnapshotInfo>> known = new ConcurrentHashMap<>();
  private final Set<String> later = ConcurrentHashMap.newKeySet();

  /** What the store answered in place of a root. */
  private final Map<String, String> withheld = new ConcurrentHashMap<>();

  /** Generations to whose K the store does not show the way. */
  private final Set<Long> withheldKeys = new HashSet<>();

  /** Finds the K of a generation. */
  @FunctionalInterface
  public interface GenerationKeys {
    /**
     * That K, which is closed here; CORRUPT when it cannot be found, NETWORK or REFUSED when what
     * leads to it is withheld.
     */
    BackupKey of(long generation) throws AgentException;
  }

  /** Reads from {@code store}. */
  public SnapshotRootReader(BackupStore store, GenerationKeys keys) {
    this.store = store;
    this.keys = keys;
  }

  /** What the root of a snapshot says. */
  public Optional<SealedSnapshotInfo> of(SnapshotView view)
      throws AgentException, BackupStoreException {
    fetch(List.of(view));
    return known.getOrDefault(view.stubHash(), Optional.empty());
  }

  /** Roots that the store has handed out, sealed, for who opens one of these snapshots. */
  public SealedObjectCache sealed() {
    return sealed;
  }

  /** Whether nothing is known of a snapshot because only a later agent can read it. */
  public boolean isLater(SnapshotView view) throws AgentException, BackupStoreException {
    fetch(List.of(view));
    return later.contains(view.stubHash());
  }

  /**
   * What was answered in place of the root of a snapshot, or of what leads to its K, though other
   * things are handed out.
   */
  public Optional<String> withheld(SnapshotView view) throws AgentException, BackupStoreException {
    fetch(List.of(view));
    return Optional.ofNullable(withheld.get(view.stubHash()));
  }

  /** Fetches those of which nothing is known yet, several at a time. */
  public void fetch(Collection<SnapshotView> views) throws AgentException, BackupStoreException {
    List<SnapshotView> asked =
        views.stream()
            .filter(view -> !view.removed() && !known.containsKey(view.stubHash()))
            .toList();
    for (SnapshotView view : asked) {
      find(view.generation());
    }
    if (asked.size() == 1) {
      var _ = read(asked.getFirst());
    } else if (!asked.isEmpty()) {
      together(asked);
    }
  }

  private void together(List<SnapshotView> asked) throws BackupStoreException {
    try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, asked.size()))) {
      List<Callable<Boolean>> all = new ArrayList<>();
      asked.forEach(view -> all.add(() -> read(view)));
      for (Future<Boolean> each : threads.invokeAll(all)) {
        var _ = each.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackupStoreException failed) {
        throw failed;
      }
      throw new IllegalStateException("a root could not be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupStoreException(RunResult.CANCELLED, "interrupted", e);
    }
  }

  /** Reads one; whether it opened. */
  private boolean read(SnapshotView view) throws BackupStoreException {
    Optional<BackupKey> key = opened.getOrDefault(view.generation(), Optional.empty());
    Optional<SealedSnapshotInfo> sealedSnapshotInfo = Optional.empty();
    if (key.isPresent()) {
      try {
        sealedSnapshotInfo =
            SealedSnapshotInfo.of(OpenedSnapshotRoot.content(store, key.get(), view, sealed));
      } catch (NewerFormatException e) {
        later.add(view.stubHash());
      } catch (WithheldObjectException e) {
        withheld.put(view.stubHash(), e.answer());
      } catch (DamagedDataException e) {
        // Nothing is known of it then.
      }
    } else if (withheldKeys.contains(view.generation())) {
      withheld.put(view.stubHash(), NO_WRAPS);
    }
    known.put(view.stubHash(), sealedSnapshotInfo);
    return sealedSnapshotInfo.isPresent();
  }

  private void find(long generation) throws AgentException {
    if (opened.containsKey(generation)) {
      return;
    }
    try {
      opened.put(generation, Optional.of(keys.of(generation)));
    } catch (AgentException e) {
      switch (e.result()) {
        case CORRUPT -> {
          // There is no way to it, or a wrong one.
        }
        case NETWORK, REFUSED -> withheldKeys.add(generation);
        default -> throw e;
      }
      opened.put(generation, Optional.empty());
    }
  }

  @Override
  public void close() {
    opened.values().forEach(key -> key.ifPresent(BackupKey::close));
  }
}
