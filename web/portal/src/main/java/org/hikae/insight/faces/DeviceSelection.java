package org.hikae.insight.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.hikae.enrollment.boundary.EmployeeDeviceCommands;
import org.hikae.enrollment.view.DeviceAction;
import org.hikae.identity.faces.Viewer;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.BulkAction;
import org.hikae.ui.faces.ListSelection;
import org.hikae.ui.faces.SelectedItems;

/** Devices that are selected, to be revoked. */
@Named
@ViewScoped
public class DeviceSelection extends ListSelection {

  @Inject private DeviceListQueries deviceQueries;
  @Inject private EmployeeDeviceCommands devices;
  @Inject private Viewer viewer;
  @Inject private Banner banner;

  /** Selects all devices that the query finds, as many as there is room for. */
  public void all(DeviceCriteria query) {
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      DevicePage page =
          deviceQueries.page(query, cursor, new PageRequest(DeviceListQueries.MAX_LIMIT));
      page.devices().forEach(device -> found.add(device.deviceId()));
      cursor = page.next();
    } while (cursor != null && found.size() < SelectedItems.MOST);
    take(found, cursor != null);
  }

  @Override
  public String getTexts() {
    return "devices";
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
  public List<BulkAction.Item> look(List<String> ids) {
    String already = text("devices.already");
    return deviceQueries.some(ids).stream()
        .map(
            device ->
                new BulkAction.Item(
                    device.deviceId(),
                    device.name(),
                    device.employeeId(),
                    device.employeeName(),
                    device.may(DeviceAction.REVOKE) ? null : already))
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
  public void act(BulkAction.Item item) {
    devices.revoke(new EmployeeId(item.employeeId()), item.id());
  }
}
