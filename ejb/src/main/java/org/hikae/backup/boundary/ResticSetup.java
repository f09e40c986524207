package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.StorageUses;
import org.hikae.backup.entity.StoredObjects;
import org.hikae.caller.boundary.FromClient;
import org.hikae.enrollment.boundary.CurrentSet;
import org.hikae.enrollment.boundary.DeviceCaller;
import org.hikae.enrollment.boundary.DeviceGate;
import org.hikae.enrollment.boundary.ResticKeys;
import org.hikae.enrollment.boundary.ResticPlace;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/**
 * Lets an enrolled device use restic: it gets a repository of its own in the employee's active set,
 * and credentials that open this one repository (HK1-G-01).
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class ResticSetup {

  @Inject private DeviceGate gate;
  @Inject private CurrentSet sets;
  @Inject private StoredObjects objects;
  @Inject private StorageUses uses;
  @Inject private ResticKeys keys;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** A new credential for the device's repository, which is made if there is none. */
  public NewResticCredential give(@Nullable String session) {
    DeviceCaller device = gate.admit(session);
    CurrentSet.Active set = sets.requireTaking(device.employeeId());
    // Two at once: the second waits here and then finds what the first has made.
    sets.holdActive(set);
    BackupRepository repository =
        objects
            .resticRepositoryOf(set.setId(), device.deviceId())
            .orElseGet(() -> make(device, set.setId()));
    return keys.give(device, new ResticPlace(set.setId(), repository.id(), repository.resticId()));
  }

  private BackupRepository make(DeviceCaller device, String setId) {
    byte[] name = new byte[Hk1.ID_BYTES];
    random.nextBytes(name);
    uses.open(device.employeeId());
    return objects.add(
        BackupRepository.ofRestic(
            setId, device.employeeId(), device.deviceId(), Ids.hex(name), clock.instant()));
  }

  /** The credentials of all of the employee's devices, newest first. */
  public List<ResticCredentialView> list(@Nullable String session) {
    return keys.list(gate.admit(session).employeeId());
  }

  /** Ends a credential of any of the employee's devices; ending it twice is success. */
  public void revoke(@Nullable String session, String username) {
    keys.revoke(gate.admit(session).employeeId(), username);
  }
}
