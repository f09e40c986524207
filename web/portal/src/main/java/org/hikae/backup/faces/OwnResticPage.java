package org.hikae.backup.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.backup.restic.boundary.OwnResticCommands;
import org.hikae.backup.restic.boundary.OwnResticCredentialCommands;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.boundary.OwnDeviceCommands;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.jspecify.annotations.Nullable;

/** An employee's own repositories and credentials of restic; nothing for who has not opted in. */
@Named
@ViewScoped
public class OwnResticPage extends ResticSection {

  @Inject private OwnResticCommands restic;
  @Inject private OwnResticCredentialCommands credentialCommands;
  @Inject private OwnDeviceCommands devices;

  private transient @Nullable Boolean offered;
  private transient @Nullable List<DeviceView> known;
  private transient @Nullable List<DeviceView> eligible;

  /** Lets everything be read anew, before each rendering. */
  public void load() {
    forget();
    offered = null;
    known = null;
    eligible = null;
  }

  /** Whether restic is shown at all. */
  public boolean isOffered() {
    Boolean now = offered;
    if (now == null) {
      now = credentialCommands.offered();
      offered = now;
    }
    return now;
  }

  /** Devices that may get a credential. */
  public List<DeviceView> getDevices() {
    List<DeviceView> read = eligible;
    if (read == null) {
      read = credentialCommands.devices();
      eligible = read;
    }
    return read;
  }

  private List<DeviceView> all() {
    List<DeviceView> read = known;
    if (read == null) {
      read = devices.list();
      known = read;
    }
    return read;
  }

  @Override
  List<ResticRepositoryView> readRepositories() {
    return isOffered() ? restic.list() : List.of();
  }

  @Override
  List<ResticCredentialView> readCredentials() {
    return isOffered() ? credentialCommands.list() : List.of();
  }

  @Override
  String deviceName(String deviceId) {
    return all().stream()
        .filter(device -> device.deviceId().equals(deviceId))
        .map(DeviceView::name)
        .findFirst()
        .orElse("");
  }

  @Override
  void end(String username) {
    credentialCommands.revoke(username);
  }

  @Override
  TakenBack rewind(String repository, TakeBackTo to) {
    return restic.takeBack(repository, to);
  }
}
