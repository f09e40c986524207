package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.backup.boundary.EmployeeSnapshotQueries;
import org.hikae.backup.boundary.EmployeeStorageQueries;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.view.RetentionPreview.PlannedSnapshot;
import org.hikae.backup.view.RetentionPreview.Tonight;
import org.hikae.backup.view.RetentionReason;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.CursorPaging;
import org.hikae.ui.faces.DisplayText;
import org.jspecify.annotations.Nullable;

/**
 * An employee's snapshots, a page at a time, and what the next nightly work would do to each. Of
 * the plan only what the page shows is kept.
 */
@Named
@ViewScoped
public class EmployeeSnapshotsPage implements Serializable {

  private static final int PAGE = 20;

  /** Most snapshots named that would go. */
  private static final int MAX_GOING = 50;

  private static final Set<Tonight> GOING = EnumSet.of(Tonight.IS_DROPPED, Tonight.IS_REMOVED);

  @Inject private EmployeeSnapshotQueries snapshots;
  @Inject private EmployeeStorageQueries storage;
  @Inject private EmployeeDetailPage employee;

  private final CursorPaging paging = new CursorPaging();
  private transient @Nullable Shown shown;

  /**
   * A snapshot and its plan.
   *
   * @param snapshotId which
   * @param at when it was committed
   * @param device name of its device
   * @param snapshot its sizes; absent in the list of those that would go
   * @param tonight what the next night does; null when it is gone already
   * @param keptBy the rules that keep it
   */
  public record Row(
      String snapshotId,
      Instant at,
      String device,
      @Nullable SnapshotView snapshot,
      @Nullable Tonight tonight,
      List<RetentionReason> keptBy) {}

  /**
   * How many snapshots the next night treats so.
   *
   * @param tonight what happens to them
   * @param count how many
   */
  public record Sum(Tonight tonight, int count) {}

  /**
   * What the section shows.
   *
   * @param rows this page
   * @param going those that would go, the first {@value #MAX_GOING}
   * @param sums all, by what happens to them
   * @param frozen whether a legal hold keeps everything
   */
  public record Shown(List<Row> rows, List<Row> going, List<Sum> sums, boolean frozen) {}

  /** Shows older ones. */
  public void forward() {
    paging.forward();
    shown = null;
  }

  /** Shows newer ones. */
  public void back() {
    paging.back();
    shown = null;
  }

  /** Where the list is. */
  public CursorPaging getPaging() {
    return paging;
  }

  /** This page with its plan. */
  public @Nullable Shown getShown() {
    Long id = employee.getId();
    if (shown == null && id != null) {
      shown = read(id);
    }
    return shown;
  }

  private Shown read(long id) {
    SnapshotPage page = snapshots.page(new EmployeeId(id), paging.current(), new PageRequest(PAGE));
    paging.found(page.next());
    RetentionPreview plan = storage.retention(new EmployeeId(id));
    Map<String, PlannedSnapshot> planned = new HashMap<>();
    Map<Tonight, Integer> counts = new EnumMap<>(Tonight.class);
    List<Row> going = new ArrayList<>();
    Map<String, String> devices = deviceNames();
    for (PlannedSnapshot one : plan.snapshots()) {
      planned.put(one.snapshotId(), one);
      counts.merge(one.tonight(), 1, Integer::sum);
      if (GOING.contains(one.tonight()) && going.size() < MAX_GOING) {
        going.add(row(one, devices));
      }
    }
    return new Shown(
        page.snapshots().stream()
            .map(one -> row(one, planned.get(one.snapshotId()), devices))
            .toList(),
        going,
        counts.entrySet().stream().map(entry -> new Sum(entry.getKey(), entry.getValue())).toList(),
        plan.legalHold());
  }

  private Map<String, String> deviceNames() {
    Map<String, String> names = new HashMap<>();
    var detail = employee.getDetail();
    if (detail != null) {
      detail.devices().forEach(device -> names.put(device.deviceId(), device.name()));
    }
    return names;
  }

  private static Row row(PlannedSnapshot plan, Map<String, String> devices) {
    return new Row(
        plan.snapshotId(),
        plan.committedAt(),
        devices.getOrDefault(plan.deviceId(), DisplayText.brief(plan.deviceId())),
        null,
        plan.tonight(),
        plan.keptBy());
  }

  private static Row row(
      SnapshotView snapshot, @Nullable PlannedSnapshot plan, Map<String, String> devices) {
    return new Row(
        snapshot.snapshotId(),
        snapshot.committedAt(),
        devices.getOrDefault(snapshot.deviceId(), DisplayText.brief(snapshot.deviceId())),
        snapshot,
        plan == null ? null : plan.tonight(),
        plan == null ? List.of() : plan.keptBy());
  }
}
