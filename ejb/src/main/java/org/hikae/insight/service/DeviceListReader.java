package org.hikae.insight.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.entity.Device;
import org.hikae.insight.store.DeviceFigures;
import org.hikae.insight.store.DeviceWithOwner;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.insight.view.Coverage;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads devices for their list and for files of it; works in the caller's transaction. */
@ApplicationScoped
public class DeviceListReader {

  @Inject private DeviceFigures deviceFigures;

  /**
   * Devices of people of a scope after a place; {@code now} is what their backups' age is counted
   * from.
   */
  public DevicePage page(
      DeviceCriteria query,
      DepartmentScope scope,
      @Nullable String cursor,
      int limit,
      Instant now) {
    List<DeviceWithOwner> found =
        deviceFigures.pageAfter(filter(query, scope, now), place(cursor), limit + 1);
    List<DeviceWithOwner> shown = found.subList(0, Math.min(limit, found.size()));
    return new DevicePage(
        shown.stream().map(DeviceListReader::entry).toList(),
        found.size() > limit ? cursor(shown.getLast().device()) : null);
  }

  private static DeviceFilter filter(DeviceCriteria query, DepartmentScope scope, Instant now) {
    return new DeviceFilter(
        query.state(),
        query.agentVersion(),
        query.backupBefore(),
        age(query, now),
        since(query.lately(), now),
        query.department(),
        query.text(),
        query.descending(),
        scope);
  }

  private static DeviceFilter.@Nullable Age age(DeviceCriteria query, Instant now) {
    return switch (query.lately()) {
      case BECAME_LATE -> crossed(now.minus(Coverage.WARN_AFTER));
      case BECAME_STALE -> crossed(now.minus(Coverage.CRITICAL_AFTER));
      case null, default -> age(query.age(), now);
    };
  }

  private static DeviceFilter.Age crossed(Instant oldEnough) {
    return new DeviceFilter.Age(oldEnough.minus(Coverage.LATELY), oldEnough);
  }

  private static DeviceFilter.@Nullable Age age(DeviceCriteria.@Nullable Age age, Instant now) {
    Instant later = now.minus(Coverage.WARN_AFTER);
    Instant earlier = now.minus(Coverage.CRITICAL_AFTER);
    return switch (age) {
      case null -> null;
      case FRESH -> new DeviceFilter.Age(later, null);
      case LATE -> new DeviceFilter.Age(earlier, later);
      case STALE -> new DeviceFilter.Age(null, earlier);
      case NEVER -> new DeviceFilter.Age(null, null);
    };
  }

  private static DeviceFilter.@Nullable Since since(
      DeviceCriteria.@Nullable Lately lately, Instant now) {
    Instant since = now.minus(Coverage.LATELY);
    return switch (lately) {
      case null -> null;
      case BACKED_UP -> new DeviceFilter.Since(since, null);
      case ADDED -> new DeviceFilter.Since(null, since);
      case BECAME_LATE, BECAME_STALE -> null;
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
    if (at != null && !InstantParser.isTaken(at)) {
      throw Refusal.malformed("cursor must be what the page before gave as next.");
    }
    return new DeviceFilter.Place(at, cursor.substring(dot + 1));
  }

  public static DevicePage.Entry entry(DeviceWithOwner row) {
    Device device = row.device();
    return new DevicePage.Entry(
        device.deviceId(),
        device.employeeId(),
        row.employeeName(),
        device.name(),
        device.platform(),
        device.agentVersion(),
        device.state(),
        device.enrolledAt(),
        device.lastSeenAt(),
        device.lastBackupAt(),
        device.lastBackupBy());
  }
}
