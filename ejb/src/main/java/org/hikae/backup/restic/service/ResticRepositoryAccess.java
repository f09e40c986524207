package org.hikae.backup.restic.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.ResticCredentialIssuer;
import org.hikae.enrollment.view.ResticRepositoryRef;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;

/** Gives a device a credential for its repository, whoever asked for it. */
@Dependent
public class ResticRepositoryAccess {

  @Inject private CurrentSet sets;
  @Inject private StoredObjectStore objects;
  @Inject private StorageUseStore uses;
  @Inject private ResticCredentialIssuer credentialIssuer;
  @Inject private SecureRandom random;
  @Inject private Clock clock;

  /** A new credential for the device's repository, which is made if there is none. */
  public NewResticCredential give(long employeeId, String deviceId) {
    CurrentSet.Active set = sets.requireTaking(employeeId);
    // Two at once: the second waits here and then finds what the first has made.
    sets.lockActive(set);
    credentialIssuer.requireMayAct(employeeId, deviceId);
    BackupRepository repository =
        objects
            .resticRepositoryOf(set.setId(), deviceId)
            .orElseGet(() -> make(employeeId, deviceId, set.setId()));
    return credentialIssuer.give(
        employeeId,
        deviceId,
        new ResticRepositoryRef(set.setId(), repository.id(), repository.resticId()));
  }

  private BackupRepository make(long employeeId, String deviceId, String setId) {
    byte[] name = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(name);
    uses.open(employeeId);
    return objects.add(
        BackupRepository.ofRestic(
            setId, employeeId, deviceId, TextCodec.hex(name), clock.instant()));
  }
}
