package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.hikae.enrollment.store.DeviceStore;

/** Which devices have been without a backup for long, for timers of other capabilities. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class OverdueDevices {

  /** Devices of a page. */
  public static final int PAGE = 200;

  @Inject private DeviceStore devices;

  /**
   * A device without a backup.
   *
   * @param deviceId its identifier
   * @param employeeId whose it is
   * @param name what its owner calls it
   * @param since its last backup; when it was enrolled, if it never had one
   */
  public record OverdueDevice(String deviceId, long employeeId, String name, Instant since) {}

  /**
   * Active devices of employees who take part and have not left, with no backup after {@code
   * since}, by growing identifier.
   *
   * @param after the last identifier of the page before; empty for the first
   */
  public List<OverdueDevice> since(Instant since, String after) {
    return devices.idleSince(since, after, PAGE).stream()
        .map(
            device ->
                new OverdueDevice(
                    device.deviceId(),
                    device.employeeId(),
                    device.name(),
                    device.lastBackupAt() == null ? device.enrolledAt() : device.lastBackupAt()))
        .toList();
  }

  /** What the owner of a device calls it; empty for none. */
  public String nameOf(String deviceId) {
    return devices.nameOf(deviceId);
  }
}
