package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.List;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.service.SnapshotViewReader;
import org.hikae.backup.service.SnapshotVisibility;
import org.hikae.backup.service.TransferLimits;
import org.hikae.backup.store.SnapshotStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TransferBudget;
import org.jspecify.annotations.Nullable;

/**
 * Shows an employee's devices all snapshots of that employee, from active and withdrawn sets alike.
 * Anybody else's are not found.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class SnapshotQueries {

  /** Snapshots on a page when nobody asks for a number. */
  public static final int DEFAULT_LIMIT = 100;

  /** Most snapshots on a page. */
  public static final int MAX_LIMIT = 1000;

  @Inject private DeviceAuthenticator authenticator;
  @Inject private SnapshotStore snapshots;
  @Inject private StoredObjectStore objects;
  @Inject private SnapshotViewReader views;
  @Inject private SnapshotVisibility visibility;
  @Inject private TransferLimits transfers;

  /**
   * A page, newest first.
   *
   * @param session the device session
   * @param asked how many, at most {@link #MAX_LIMIT}
   * @param after {@link SnapshotPage#next} of the page before, or null for the first
   * @param deviceId only this device's, or null for all
   */
  public SnapshotPage page(
      @Nullable String session,
      PageRequest asked,
      @Nullable String after,
      @Nullable String deviceId) {
    DeviceCaller device = authenticator.admit(session);
    int limit = asked.within(MAX_LIMIT);
    long before = after == null ? Long.MAX_VALUE : find(device, after).row();
    String of = deviceId == null ? null : BackupRequestFields.id("device", deviceId);
    List<Snapshot> found = snapshots.page(device.employeeId(), before, of, limit + 1);
    List<SnapshotView> shown = views.told(found.subList(0, Math.min(limit, found.size())));
    return new SnapshotPage(shown, found.size() > limit ? shown.getLast().snapshotId() : null);
  }

  /** One snapshot. */
  public SnapshotView find(@Nullable String session, String snapshotId) {
    return views.told(find(authenticator.admit(session), snapshotId));
  }

  /**
   * The names of all objects that a snapshot needs, 32 bytes each, ascending. A removed snapshot
   * has none any more.
   */
  public byte[] objectNames(@Nullable String session, String snapshotId) {
    DeviceCaller device = authenticator.admit(session);
    Snapshot snapshot = find(device, snapshotId);
    if (snapshots
        .release(snapshot)
        .filter(release -> visibility.isGone(device.employeeId(), release))
        .isPresent()) {
      throw Refusal.of(ProblemCode.SNAPSHOT_REMOVED);
    }
    try (TransferBudget.Place _ = transfers.list(device.employeeId(), snapshot.objectCount())) {
      List<ObjectRef> refs = objects.byIds(snapshot.repositoryId(), snapshots.objectIds(snapshot));
      ByteBuffer names = ByteBuffer.allocate(refs.size() * Hk1Constants.HASH_BYTES);
      refs.stream().map(ObjectRef::name).sorted().map(Hash256::toBytes).forEach(names::put);
      return names.array();
    }
  }

  private Snapshot find(DeviceCaller device, String snapshotId) {
    String id = BackupRequestFields.id("snapshotId", snapshotId);
    return snapshots.find(device.employeeId(), id).orElseThrow(Refusal::notFound);
  }
}
