package org.hikae.enrollment.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.ui.faces.Banner;

/** What an employee does with their own devices. */
@Named
@RequestScoped
public class OwnDevicesPage {

  private static final String BUNDLE = "my";

  @Inject private OwnDeviceCommands devices;
  @Inject private Banner banner;

  /** Stops a device for good. */
  public void revoke(String deviceId) {
    banner.attempt(() -> devices.revoke(deviceId), BUNDLE, "device.revoked");
  }

  /** Stops a device until it is resumed. */
  public void pause(String deviceId) {
    banner.attempt(() -> devices.pause(deviceId), BUNDLE, "device.paused");
  }

  /** Lets a paused device act again. */
  public void resume(String deviceId) {
    banner.attempt(() -> devices.resume(deviceId), BUNDLE, "device.resumed");
  }
}
