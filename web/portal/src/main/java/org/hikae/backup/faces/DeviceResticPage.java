package org.hikae.backup.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.backup.restic.boundary.EmployeeResticCommands;
import org.hikae.backup.restic.boundary.EmployeeResticCredentialCommands;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.identity.value.EmployeeId;

/** Repositories and credentials of restic that one device uses, for those who run the backup. */
@Named
@ViewScoped
public class DeviceResticPage extends ResticSection {

  @Inject private EmployeeResticCommands resticCommands;
  @Inject private EmployeeResticCredentialCommands credentialCommands;

  private long employeeId;
  private String deviceId = "";
  private String name = "";

  /** Chooses the device and lets everything be read anew, before each rendering. */
  public void show(long ofEmployee, String device, String deviceName) {
    employeeId = ofEmployee;
    deviceId = device;
    name = deviceName;
    forget();
  }

  /** Whether the device uses restic, or ever did. */
  public boolean isAny() {
    return !deviceId.isEmpty() && !(getRepositories().isEmpty() && getCredentials().isEmpty());
  }

  @Override
  List<ResticRepositoryView> readRepositories() {
    return resticCommands.list(new EmployeeId(employeeId)).stream()
        .filter(one -> one.deviceId().equals(deviceId))
        .toList();
  }

  @Override
  List<ResticCredentialView> readCredentials() {
    return credentialCommands.list(new EmployeeId(employeeId)).stream()
        .filter(one -> one.deviceId().equals(deviceId))
        .toList();
  }

  @Override
  String deviceName(String ofDevice) {
    return name;
  }

  @Override
  void end(String username) {
    credentialCommands.revoke(new EmployeeId(employeeId), username);
  }

  @Override
  TakenBack rewind(String repository, TakeBackTo to) {
    return resticCommands.takeBack(new EmployeeId(employeeId), repository, to);
  }
}
