package org.hikae.backup.restic.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.store.StorageUses;
import org.hikae.backup.store.StoredObjects;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.ResticKeys;
import org.hikae.enrollment.view.ResticPlace;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.Ids;

/** Gives a device a credential for its repository, whoever asked for it. */
@Dependent
public class ResticGiving {

  @Inject private CurrentSet sets;
  @Inject private StoredObjects objects;
  @Inject private StorageUses uses;
  @Inject private ResticKeys keys;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** A new credential for the device's repository, which is made if there is none. */
  public NewResticCredential give(long employeeId, String deviceId) {
    CurrentSet.Active set = sets.requireTaking(employeeId);
    // Two at once: the second waits here and then finds what the first has made.
    sets.holdActive(set);
    keys.requireMayAct(employeeId, deviceId);
    BackupRepository repository =
        objects
            .resticRepositoryOf(set.setId(), deviceId)
            .orElseGet(() -> make(employeeId, deviceId, set.setId()));
    return keys.give(
        employeeId, deviceId, new ResticPlace(set.setId(), repository.id(), repository.resticId()));
  }

  private BackupRepository make(long employeeId, String deviceId, String setId) {
    byte[] name = new byte[Hk1.ID_BYTES];
    random.nextBytes(name);
    uses.open(employeeId);
    return objects.add(
        BackupRepository.ofRestic(setId, employeeId, deviceId, Ids.hex(name), clock.instant()));
  }
}
