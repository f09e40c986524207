package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.service.DetailViewMapper;
import org.hikae.insight.service.DeviceListReader;
import org.hikae.insight.store.CoverageFigures;
import org.hikae.insight.store.DeviceFigures;
import org.hikae.insight.store.DeviceWithOwner;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DeviceDetail;
import org.hikae.insight.view.DevicePage;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows who runs the backup all devices, those that are behind first. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class DeviceListQueries {

  /** Most devices on a page. */
  public static final int MAX_LIMIT = 200;

  @Inject private DeviceFigures deviceFigures;
  @Inject private DeviceListReader reader;
  @Inject private CoverageFigures figures;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * A page of devices.
   *
   * @param cursor what the page before gave as {@code next}; null for the first
   * @param asked how many, at most {@link #MAX_LIMIT}
   */
  public DevicePage page(DeviceCriteria query, @Nullable String cursor, PageRequest asked) {
    int limit = asked.within(MAX_LIMIT);
    return reader.page(query, scope(), cursor, limit, clock.instant());
  }

  /**
   * These devices, by the names of their employees; unknown ones are left out.
   *
   * @param deviceIds at most {@link DeviceFigures#MAX_PAGE}
   */
  public List<DevicePage.Entry> some(Collection<String> deviceIds) {
    return deviceFigures.some(deviceIds, scope()).stream().map(DeviceListReader::entry).toList();
  }

  /** Everything about one device; refused as not found when there is none. */
  public DeviceDetail of(String deviceId) {
    DeviceWithOwner row = deviceFigures.find(deviceId, scope()).orElseThrow(Refusal::notFound);
    Instant now = clock.instant();
    return new DeviceDetail(
        DeviceListReader.entry(row),
        deviceFigures.snapshots(row.device()),
        figures.runsOf(deviceId).stream().map(run -> DetailViewMapper.run(run, now)).toList());
  }

  private DepartmentScope scope() {
    return currentCaller.caller().scope();
  }
}
