package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.control.CommitParser;
import org.hikae.backup.control.SnapshotObjectList;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.Series;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.service.Quota;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.service.TransferLimits;
import org.hikae.backup.store.IdleObjectStore;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectIdCodec;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceActivity;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.SnapshotStub;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TransferBudget;
import org.jspecify.annotations.Nullable;

/**
 * Commits snapshots (spec HK1-S-04, HK1-S-05): one transaction that checks that every object is
 * stored, that the list is what the device says it is, and that the snapshot continues the device's
 * series. The same commit again is success.
 *
 * <p>The list is computed first and without a lock; then the set and the series are held, and what
 * could have changed meanwhile is looked at again: that the series still ends where it did, and,
 * when objects were collected, that the needed ones are still there. Those that were to be
 * collected, or that only released snapshots needed, are live from then on.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class SnapshotCommits {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentSet sets;
  @Inject private DeviceActivity activity;
  @Inject private StoredObjectStore objects;
  @Inject private SnapshotStore snapshots;
  @Inject private IdleObjectStore idle;
  @Inject private Quota quota;
  @Inject private SnapshotViewReader views;
  @Inject private TransferLimits transfers;
  @Inject private Clock clock;

  /**
   * A committed snapshot.
   *
   * @param snapshot the snapshot
   * @param fresh whether this call committed it; false when it was there before
   */
  public record Committed(SnapshotView snapshot, boolean fresh) {}

  /** Commits a snapshot to the series of the calling device. */
  public Committed commit(@Nullable String session, CommitSnapshot commit) {
    DeviceCaller device = authenticator.admit(session);
    CommitParser form = formOf(commit, device.deviceId());
    CurrentSet.Active set = sets.requireTaking(device.employeeId());
    requireSet(set, commit);
    Optional<Snapshot> before = committedBefore(commit, form);
    if (before.isPresent()) {
      return new Committed(views.told(before.get()), false);
    }
    authenticator.requireCurrentAgent(device);
    BackupRepository repository =
        objects.repositoryOf(set.setId()).orElseThrow(() -> missing(form.needed()));
    Optional<Snapshot> last = last(commit, form);
    long size = form.added().size() + last.map(Snapshot::objectCount).orElse(0L);
    if (size > ObjectIdCodec.MAX_IDS) {
      throw Refusal.malformed(
          "The object list may have at most " + ObjectIdCodec.MAX_IDS + " names.");
    }
    try (TransferBudget.Place _ = transfers.list(device.employeeId(), size)) {
      Map<Hash256, ObjectRef> found = requireStored(repository, form);
      SnapshotObjectList list = listOf(repository, last, form, found);
      return append(device, set, repository, commit, form, list, found);
    }
  }

  private Committed append(
      DeviceCaller device,
      CurrentSet.Active set,
      BackupRepository repository,
      CommitSnapshot commit,
      CommitParser form,
      SnapshotObjectList list,
      Map<Hash256, ObjectRef> found) {
    sets.lockActive(set);
    Series series = snapshots.lockSeries(repository.id(), device.deviceId());
    SnapshotStub stub = form.stub();
    if (!series.continuesWith(stub.sequence(), stub.previous())) {
      Snapshot other = committedBefore(commit, form).orElseThrow(SnapshotCommits::conflict);
      return new Committed(views.told(other), false);
    }
    // The same objects, not only the same names: one may have been collected and sent again.
    if (objects.sweptCount(repository.id()) != repository.sweptCount()
        && !requireStored(repository, form).equals(found)) {
      throw Refusal.retryAfter(ProblemCode.BUSY, TransferLimits.RETRY_AFTER_SECONDS);
    }
    ObjectRef root = Objects.requireNonNull(found.get(stub.root()));
    Snapshot snapshot =
        new Snapshot(
            repository,
            stub,
            figures(list, form, root),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    snapshots.add(snapshot, list.ids());
    series.advance(snapshot);
    activity.backedUp(device);
    makeLive(device.employeeId(), repository.id(), list, root);
    return new Committed(views.told(snapshot), true);
  }

  /** What the snapshot needs is needed from now on, whatever became of it before. */
  private void makeLive(
      long employeeId, long repositoryId, SnapshotObjectList list, ObjectRef root) {
    List<IdleObjectStore.IdleSize> idling = new ArrayList<>(idle.among(repositoryId, list.ids()));
    if (Arrays.binarySearch(list.ids(), root.id()) < 0) {
      idling.addAll(idle.among(repositoryId, new long[] {root.id()}));
    }
    if (!idling.isEmpty()) {
      long bytes = idling.stream().mapToLong(IdleObjectStore.IdleSize::sizeBytes).sum();
      idle.remove(idling.stream().mapToLong(IdleObjectStore.IdleSize::id).toArray());
      quota.charge(employeeId, bytes, bytes, quota.limits(employeeId));
    }
  }

  private static CommitParser formOf(CommitSnapshot commit, String deviceId) {
    try {
      return CommitParser.of(commit, deviceId);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  private static void requireSet(CurrentSet.Active set, CommitSnapshot commit) {
    if (!set.setId().equals(commit.setId())) {
      throw Refusal.notFound();
    }
    if (commit.generation() < set.generation()) {
      throw Refusal.of(ProblemCode.KEY_ROTATED);
    }
    if (set.generation() != commit.generation()) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** What stands at the place of this commit: itself, nothing, or a conflict. */
  private Optional<Snapshot> committedBefore(CommitSnapshot commit, CommitParser form) {
    Optional<Snapshot> there = at(commit, form, form.stub().sequence());
    if (there.isPresent() && !there.get().stubHash().equals(form.stub().hash().hex())) {
      throw conflict();
    }
    return there;
  }

  /**
   * The snapshot that this one continues: the newest, because an older one may have lost its list.
   */
  private Optional<Snapshot> last(CommitSnapshot commit, CommitParser form) {
    SnapshotStub stub = form.stub();
    if (stub.sequence() == 1) {
      return Optional.empty();
    }
    return Optional.of(
        at(commit, form, stub.sequence() - 1)
            .filter(last -> last.stubHash().equals(stub.previous().hex()))
            .filter(last -> !snapshots.hasSuccessor(last))
            .orElseThrow(SnapshotCommits::conflict));
  }

  private Optional<Snapshot> at(CommitSnapshot commit, CommitParser form, long sequence) {
    return snapshots.at(commit.setId(), form.deviceId(), sequence);
  }

  private Map<Hash256, ObjectRef> requireStored(BackupRepository repository, CommitParser form) {
    Set<Hash256> needed = form.needed();
    Map<Hash256, ObjectRef> found = objects.find(repository.id(), needed);
    if (found.size() != needed.size()) {
      needed.removeAll(found.keySet());
      throw missing(needed);
    }
    return found;
  }

  private SnapshotObjectList listOf(
      BackupRepository repository,
      Optional<Snapshot> last,
      CommitParser form,
      Map<Hash256, ObjectRef> found) {
    List<ObjectRef> before =
        last.map(snapshot -> objects.byIds(repository.id(), snapshots.objectIds(snapshot)))
            .orElse(List.of());
    List<ObjectRef> added = form.added().stream().map(found::get).toList();
    return SnapshotObjectList.apply(before, added, form.removed())
        .filter(list -> list.hash().equals(form.stub().listHash()))
        .orElseThrow(
            () ->
                Refusal.malformed(
                    "listHash must be the hash of the last list with added and removed applied."));
  }

  private static Snapshot.Figures figures(
      SnapshotObjectList list, CommitParser form, ObjectRef root) {
    long bytes = Math.addExact(list.storedBytes(), root.sizeBytes());
    return new Snapshot.Figures(list.ids().length, bytes, form.files(), form.plainBytes());
  }

  private static Refusal missing(Set<Hash256> names) {
    return Refusal.missingObjects(names.stream().map(Hash256::hex).toList());
  }

  private static Refusal conflict() {
    return Refusal.of(ProblemCode.SERIES_CONFLICT);
  }
}
