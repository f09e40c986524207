package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.entity.DeviceState;
import org.hikae.identity.wire.Realm;
import org.hikae.insight.entity.CoverageFigures;
import org.hikae.insight.entity.DeviceFilter;
import org.hikae.insight.entity.DeviceRow;
import org.hikae.insight.entity.DeviceRows;
import org.hikae.problem.boundary.Instants;
import org.hikae.problem.boundary.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup all devices, those that are behind first. */
@Stateless
@RolesAllowed({Realm.BACKUP_ADMIN, Realm.HELPDESK, Realm.AUDITOR})
@FromClient(Realm.PORTAL_CLIENT)
public class DeviceInsight {

  /** Most devices on a page. */
  public static final int MAX_LIMIT = 200;

  @Inject private DeviceRows rows;
  @Inject private CoverageFigures figures;
  @Inject private Clock clock;

  /**
   * A page of devices.
   *
   * @param cursor what the page before gave as {@code next}; null for the first
   * @param limit 1 to {@link #MAX_LIMIT}
   */
  public DevicePage page(DeviceQuery query, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Refusal.malformed("limit must be 1 to " + MAX_LIMIT + ".");
    }
    return page(rows, query, cursor, limit, clock.instant());
  }

  static DevicePage page(
      DeviceRows rows, DeviceQuery query, @Nullable String cursor, int limit, Instant now) {
    List<DeviceRow> found = rows.pageAfter(filter(query, now), place(cursor), limit + 1);
    List<DeviceRow> shown = found.subList(0, Math.min(limit, found.size()));
    return new DevicePage(
        shown.stream().map(DeviceInsight::entry).toList(),
        found.size() > limit ? cursor(shown.getLast().device()) : null);
  }

  /**
   * These devices, by the names of their employees; unknown ones are left out.
   *
   * @param deviceIds at most {@link DeviceRows#MAX_PAGE}
   */
  public List<DevicePage.Entry> some(Collection<String> deviceIds) {
    return rows.some(deviceIds).stream().map(DeviceInsight::entry).toList();
  }

  /** Everything about one device; refused as not found when there is none. */
  public DeviceDetail of(String deviceId) {
    DeviceRow row = rows.find(deviceId).orElseThrow(Refusal::notFound);
    Instant now = clock.instant();
    return new DeviceDetail(
        entry(row),
        rows.snapshots(row.device()),
        figures.runsOf(deviceId).stream().map(run -> DetailViewMapper.run(run, now)).toList());
  }

  private static @Nullable DeviceState state(@Nullable String name) {
    try {
      return name == null ? null : DeviceState.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("state must be ACTIVE, PAUSED or REVOKED.");
    }
  }

  private static DeviceFilter filter(DeviceQuery query, Instant now) {
    return new DeviceFilter(
        state(query.state()),
        query.agentVersion(),
        query.backupBefore(),
        age(query.age(), now),
        since(query.lately(), now),
        query.department(),
        query.descending());
  }

  private static DeviceFilter.@Nullable Age age(@Nullable String name, Instant now) {
    Instant later = now.minus(CoverageInsight.WARN_AFTER);
    Instant earlier = now.minus(CoverageInsight.CRITICAL_AFTER);
    return switch (name) {
      case null -> null;
      case "FRESH" -> new DeviceFilter.Age(later, null);
      case "LATE" -> new DeviceFilter.Age(earlier, later);
      case "STALE" -> new DeviceFilter.Age(null, earlier);
      case "NEVER" -> new DeviceFilter.Age(null, null);
      default -> throw Refusal.malformed("age must be FRESH, LATE, STALE or NEVER.");
    };
  }

  private static DeviceFilter.@Nullable Since since(
      DeviceQuery.@Nullable Lately lately, Instant now) {
    Instant since = now.minus(CoverageInsight.LATELY);
    return switch (lately) {
      case null -> null;
      case BACKED_UP -> new DeviceFilter.Since(since, null);
      case ADDED -> new DeviceFilter.Since(null, since);
    };
  }

  private static String cursor(Device last) {
    Instant at = last.lastBackupAt();
    return (at == null ? "" : ChronoUnit.MICROS.between(Instant.EPOCH, at)) + "." + last.deviceId();
  }

  private static DeviceFilter.@Nullable Place place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    if (!cursor.matches("[0-9]{0,17}\\.[0-9a-f]{32}")) {
      throw Refusal.malformed("cursor must be what the page before gave as next.");
    }
    int dot = cursor.indexOf('.');
    Instant at =
        dot == 0
            ? null
            : Instant.EPOCH.plus(Long.parseLong(cursor.substring(0, dot)), ChronoUnit.MICROS);
    if (at != null && !Instants.isTaken(at)) {
      throw Refusal.malformed("cursor must be what the page before gave as next.");
    }
    return new DeviceFilter.Place(at, cursor.substring(dot + 1));
  }

  private static DevicePage.Entry entry(DeviceRow row) {
    Device device = row.device();
    return new DevicePage.Entry(
        device.deviceId(),
        device.employeeId(),
        row.employeeName(),
        device.name(),
        device.platform(),
        device.agentVersion(),
        device.state().name(),
        device.enrolledAt().toString(),
        text(device.lastSeenAt()),
        text(device.lastBackupAt()),
        text(device.lastBackupBy()));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
