package org.hikae.backup.maintenance.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.entity.SnapshotRelease;
import org.hikae.backup.maintenance.control.Reachability;
import org.hikae.backup.service.Quota;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.ReleaseState;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.policy.service.Policies;
import org.hikae.runtime.service.Settings;

/**
 * Brings a repository's idle objects and its employee's figures into line with the releases of its
 * snapshots: it marks what the lists of all snapshots that are not removed need, lets waiting
 * releases be held as far as there is room, and notes which objects no live list needs any more.
 * The caller holds the set, so no snapshot comes meanwhile. Doing it again changes nothing.
 */
@ApplicationScoped
public class GarbageMarking {

  @Inject private StoredObjectStore objects;
  @Inject private SnapshotStore snapshots;
  @Inject private IdleObjectStore idle;
  @Inject private StorageUseStore uses;
  @Inject private Quota quota;
  @Inject private Policies policies;
  @Inject private Settings settings;

  /**
   * When it is.
   *
   * @param kept the clock of nightly maintenance, by which snapshots are held and objects doomed
   * @param wall the server's clock, by which objects were stored
   */
  public record ClockReadings(Instant kept, Instant wall) {}

  /** Settles a repository. */
  public void settle(BackupRepository repository, ClockReadings times) {
    List<Snapshot> standing = snapshots.standing(repository.id());
    Map<Long, SnapshotRelease> releases = snapshots.openReleases(repository.id());
    Map<Hash256, ObjectRef> roots = objects.find(repository.id(), rootsOf(standing));
    Reachability reachability = new Reachability(objects.table(repository.id()));
    for (Snapshot snapshot : standing) {
      SnapshotRelease release = releases.get(snapshot.row());
      if (release != null && release.isAside()) {
        // To its devices it needs nothing any more, and nothing is collected while it is kept.
        continue;
      }
      long[] needed = needed(snapshot, roots);
      if (release == null || release.live()) {
        reachability.live(needed);
      } else {
        reachability.held(needed);
      }
    }
    write(repository, reachability, times);
    if (admit(repository, waiting(standing, releases), roots, reachability, times)) {
      write(repository, reachability, times);
    }
  }

  /** A release that waits for room. */
  private record PendingRelease(Snapshot snapshot, SnapshotRelease release) {}

  private static List<PendingRelease> waiting(
      List<Snapshot> standing, Map<Long, SnapshotRelease> releases) {
    List<PendingRelease> waiting = new ArrayList<>();
    for (Snapshot snapshot : standing) {
      SnapshotRelease release = releases.get(snapshot.row());
      if (release != null && release.state() == ReleaseState.WAITING) {
        waiting.add(new PendingRelease(snapshot, release));
      }
    }
    waiting.sort(
        Comparator.comparing((PendingRelease one) -> one.release().decidedAt())
            .thenComparingLong(one -> one.snapshot().row()));
    return waiting;
  }

  /** The oldest release goes first; one that has no room holds up those after it. */
  private boolean admit(
      BackupRepository repository,
      List<PendingRelease> waiting,
      Map<Hash256, ObjectRef> roots,
      Reachability reachability,
      ClockReadings times) {
    if (waiting.isEmpty()) {
      return false;
    }
    long employeeId = repository.employeeId();
    long held = uses.of(employeeId).heldBytes();
    long limit = policies.of(employeeId).heldBytes();
    boolean admitted = false;
    for (PendingRelease one : waiting) {
      long[] needed = needed(one.snapshot(), roots);
      long bytes = reachability.onlyIn(needed);
      if (held > limit - bytes) {
        break;
      }
      held += bytes;
      reachability.release(needed);
      one.release().beginHoldPeriod(times.kept(), policies.holdPeriod(employeeId));
      admitted = true;
    }
    return admitted;
  }

  private void write(BackupRepository repository, Reachability reachability, ClockReadings times) {
    Reachability.Changes changes =
        reachability.changes(idle.of(repository.id()), times.wall().minus(settings.collectGrace()));
    idle.remove(changes.revived());
    idle.spare(changes.spared());
    idle.doom(changes.unlisted(), times.kept());
    idle.add(repository.id(), changes.idle());
    idle.add(repository.id(), changes.doomed());
    idle.doom(changes.doomed(), times.kept());
    long live = changes.revivedBytes() - changes.idleBytes();
    quota.change(repository.employeeId(), live, -live);
  }

  /** Ascending ids of everything a snapshot needs: its packs and its root, each once. */
  private long[] needed(Snapshot snapshot, Map<Hash256, ObjectRef> roots) {
    ObjectRef root = roots.get(rootOf(snapshot));
    if (root == null) {
      throw new IllegalStateException(
          "Snapshot " + snapshot.snapshotId() + " has lost its root; nothing is removed.");
    }
    long[] ids = snapshots.objectIds(snapshot);
    int found = Arrays.binarySearch(ids, root.id());
    if (found >= 0) {
      return ids;
    }
    int place = -found - 1;
    long[] all = new long[ids.length + 1];
    System.arraycopy(ids, 0, all, 0, place);
    all[place] = root.id();
    System.arraycopy(ids, place, all, place + 1, ids.length - place);
    return all;
  }

  private static Set<Hash256> rootsOf(List<Snapshot> standing) {
    Set<Hash256> roots = LinkedHashSet.newLinkedHashSet(standing.size());
    standing.forEach(snapshot -> roots.add(rootOf(snapshot)));
    return roots;
  }

  private static Hash256 rootOf(Snapshot snapshot) {
    try {
      return Hash256.parse(snapshot.root());
    } catch (MalformedException e) {
      throw new IllegalStateException("A stored root has no name.", e);
    }
  }
}
