package org.hikae.insight.system.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.backup.entity.Snapshot;
import org.hikae.backup.store.RotFinding;
import org.hikae.backup.store.RottenObjectStore;
import org.hikae.backup.value.RottenObjectId;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.system.service.RottenObjectSnapshots;
import org.hikae.insight.system.view.RotPage;
import org.hikae.insight.system.view.RottenObjectView;
import org.hikae.problem.control.PageRequest;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/**
 * Shows which stored objects have rotted, which snapshots that touches, and which devices can heal
 * it. All of it is known without a key, because snapshots list their packs in the open.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class RottenObjectQueries {

  /** Most objects on a page. */
  public static final int MAX_PAGE = 100;

  private static final int MAX_DEVICES = 1000;

  @Inject private RottenObjectStore rottenObjects;
  @Inject private DeviceStore devices;

  /**
   * A page of rotten objects.
   *
   * @param after only objects with a number above this one; null from the first
   * @param healed whether those are shown, too, whose bytes were replaced
   * @param asked how many, at most {@link #MAX_PAGE}
   */
  public RotPage page(@Nullable RottenObjectId after, boolean healed, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<RotFinding> found = rottenObjects.page(RowId.after(after), healed, limit + 1);
    List<RotFinding> shown = found.stream().limit(limit).toList();
    Map<Long, RottenObjectSnapshots> rottenObjectSnapshots = new HashMap<>();
    shown.forEach(
        figure -> rottenObjectSnapshots.put(figure.objectId(), new RottenObjectSnapshots()));
    shown.stream()
        .collect(Collectors.groupingBy(RotFinding::repositoryId))
        .forEach((repository, figures) -> lookThrough(repository, figures, rottenObjectSnapshots));
    Map<Long, Set<String>> live = new HashMap<>();
    List<RottenObjectView> views =
        shown.stream().map(figure -> view(figure, rottenObjectSnapshots, live)).toList();
    return new RotPage(views, found.size() > limit ? views.getLast().objectId() : null);
  }

  private void lookThrough(
      long repository,
      List<RotFinding> figures,
      Map<Long, RottenObjectSnapshots> rottenObjectSnapshots) {
    Set<String> seen = new HashSet<>();
    rottenObjects.eachList(
        repository,
        (snapshot, ids) -> {
          boolean newest = seen.add(snapshot.setId() + snapshot.deviceId());
          for (RotFinding figure : figures) {
            RottenObjectSnapshots its = rottenObjectSnapshots.get(figure.objectId());
            if (its != null && lists(snapshot, ids, figure)) {
              its.add(snapshot, newest);
            }
          }
        });
  }

  private static boolean lists(Snapshot snapshot, long[] ids, RotFinding figure) {
    return Arrays.binarySearch(ids, figure.objectId()) >= 0
        || snapshot.root().equals(figure.name().hex());
  }

  private RottenObjectView view(
      RotFinding figure,
      Map<Long, RottenObjectSnapshots> rottenObjectSnapshots,
      Map<Long, Set<String>> live) {
    RottenObjectSnapshots its =
        rottenObjectSnapshots.getOrDefault(figure.objectId(), new RottenObjectSnapshots());
    Set<String> alive = live.computeIfAbsent(figure.employeeId(), this::live);
    return view(figure, its, its.devices().stream().filter(alive::contains).toList());
  }

  private static RottenObjectView view(
      RotFinding figure, RottenObjectSnapshots rottenObjectSnapshots, List<String> devices) {
    RottenObjectView.State rotten =
        rottenObjectSnapshots.byNewest()
            ? RottenObjectView.State.ROTTEN
            : RottenObjectView.State.SUPERSEDED;
    return new RottenObjectView(
        figure.objectId(),
        figure.name().hex(),
        figure.sizeBytes(),
        figure.kind(),
        figure.foundAt(),
        figure.healedAt(),
        figure.healedAt() == null ? rotten : RottenObjectView.State.REPLACED,
        figure.employeeId(),
        figure.setId(),
        rottenObjectSnapshots.count(),
        rottenObjectSnapshots.shown(),
        devices);
  }

  private Set<String> live(long employeeId) {
    return devices.of(employeeId, MAX_DEVICES).stream()
        .filter(device -> device.state() != DeviceState.REVOKED)
        .map(Device::deviceId)
        .collect(Collectors.toSet());
  }
}
