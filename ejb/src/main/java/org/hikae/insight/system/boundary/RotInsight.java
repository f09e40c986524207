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
import org.hikae.backup.store.RotFigure;
import org.hikae.backup.store.RottenObjects;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.store.Devices;
import org.hikae.enrollment.value.DeviceState;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.system.service.Touches;
import org.hikae.insight.system.view.RotPage;
import org.hikae.insight.system.view.RottenObjectView;
import org.hikae.problem.control.Refusal;

/**
 * Shows which stored objects have rotted, which snapshots that touches, and which devices can heal
 * it. All of it is known without a key, because snapshots list their packs in the open.
 */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class RotInsight {

  /** Most objects on a page. */
  public static final int MAX_PAGE = 100;

  private static final int MAX_DEVICES = 1000;

  @Inject private RottenObjects rottenObjects;
  @Inject private Devices devices;

  /**
   * A page of rotten objects.
   *
   * @param after only objects with a number above this one
   * @param healed whether those are shown, too, whose bytes were replaced
   * @param limit 1 to {@link #MAX_PAGE}
   */
  public RotPage page(long after, boolean healed, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw Refusal.malformed("limit must be 1 to " + MAX_PAGE + ".");
    }
    List<RotFigure> found = rottenObjects.page(after, healed, limit + 1);
    List<RotFigure> shown = found.stream().limit(limit).toList();
    Map<Long, Touches> touches = new HashMap<>();
    shown.forEach(figure -> touches.put(figure.objectId(), new Touches()));
    shown.stream()
        .collect(Collectors.groupingBy(RotFigure::repositoryId))
        .forEach((repository, figures) -> lookThrough(repository, figures, touches));
    Map<Long, Set<String>> live = new HashMap<>();
    List<RottenObjectView> views =
        shown.stream().map(figure -> view(figure, touches, live)).toList();
    return new RotPage(views, found.size() > limit ? views.getLast().objectId() : null);
  }

  private void lookThrough(long repository, List<RotFigure> figures, Map<Long, Touches> touches) {
    Set<String> seen = new HashSet<>();
    rottenObjects.eachList(
        repository,
        (snapshot, ids) -> {
          boolean newest = seen.add(snapshot.setId() + snapshot.deviceId());
          for (RotFigure figure : figures) {
            Touches its = touches.get(figure.objectId());
            if (its != null && lists(snapshot, ids, figure)) {
              its.add(snapshot, newest);
            }
          }
        });
  }

  private static boolean lists(Snapshot snapshot, long[] ids, RotFigure figure) {
    return Arrays.binarySearch(ids, figure.objectId()) >= 0
        || snapshot.root().equals(figure.name().hex());
  }

  private RottenObjectView view(
      RotFigure figure, Map<Long, Touches> touches, Map<Long, Set<String>> live) {
    Touches its = touches.getOrDefault(figure.objectId(), new Touches());
    Set<String> alive = live.computeIfAbsent(figure.employeeId(), this::live);
    return view(figure, its, its.devices().stream().filter(alive::contains).toList());
  }

  private static RottenObjectView view(RotFigure figure, Touches touches, List<String> devices) {
    RottenObjectView.State rotten =
        touches.byNewest() ? RottenObjectView.State.ROTTEN : RottenObjectView.State.SUPERSEDED;
    return new RottenObjectView(
        figure.objectId(),
        figure.name().hex(),
        figure.sizeBytes(),
        figure.kind().name(),
        figure.foundAt().toString(),
        figure.healedAt() == null ? null : figure.healedAt().toString(),
        figure.healedAt() == null ? rotten : RottenObjectView.State.REPLACED,
        figure.employeeId(),
        figure.setId(),
        touches.count(),
        touches.shown(),
        devices);
  }

  private Set<String> live(long employeeId) {
    return devices.of(employeeId, MAX_DEVICES).stream()
        .filter(device -> device.state() != DeviceState.REVOKED)
        .map(Device::deviceId)
        .collect(Collectors.toSet());
  }
}
