package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.hikae.enrollment.boundary.StaffDevices;
import org.hikae.identity.faces.Viewer;
import org.hikae.insight.boundary.DeviceInsight;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.DeviceQuery;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.BulkRun;
import org.hikae.ui.faces.ListSelection;
import org.hikae.ui.faces.Marks;

/** Devices that are selected, to be revoked. */
@Named
@ViewScoped
public class DeviceSelection extends ListSelection {

  private static final String REVOKED = "REVOKED";

  @Inject private DeviceInsight insight;
  @Inject private StaffDevices devices;
  @Inject private Viewer viewer;
  @Inject private Banner banner;

  /** Selects all devices that the query finds, as many as there is room for. */
  public void all(DeviceQuery query) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      DevicePage page = insight.page(query, cursor, DeviceInsight.MAX_LIMIT);
      page.devices().forEach(device -> found.add(device.deviceId()));
      cursor = page.next();
    } while (cursor != null && found.size() < Marks.MOST);
    take(found, cursor != null);
  }

  @Override
  public boolean isId(String text) {
    return text.matches("[0-9a-f]{32}");
  }

  @Override
  public boolean isDestructive() {
    return true;
  }

  @Override
  public List<BulkRun.Item> look(List<String> ids) {
    String already = text("devices.already");
    return insight.some(ids).stream()
        .map(
            device ->
                new BulkRun.Item(
                    device.deviceId(),
                    device.name(),
                    device.employeeId(),
                    device.employeeName(),
                    device.state().equals(REVOKED) ? already : null))
        .toList();
  }

  @Override
  public boolean isReady() {
    if (!viewer.isRecentlySignedIn()) {
      banner.warn(BUNDLE, "bulk.signIn");
      return false;
    }
    return true;
  }

  @Override
  public void act(BulkRun.Item item) {
    devices.revoke(item.employeeId(), item.id());
  }
}
