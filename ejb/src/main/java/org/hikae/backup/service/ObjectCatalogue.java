package org.hikae.backup.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.store.StoredObjects;
import org.hikae.backup.value.ObjectRef;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.Realm;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds objects of the employee; anybody else's are not found. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class ObjectCatalogue {

  @Inject private DeviceGate gate;
  @Inject private StoredObjects objects;

  /**
   * A stored object.
   *
   * @param employeeId whose it is
   * @param repositoryId where it lies
   * @param name its name
   * @param size its length
   */
  public record Found(long employeeId, long repositoryId, Hash256 name, long size) {

    static Found of(long employeeId, ObjectRef ref) {
      return new Found(employeeId, ref.repositoryId(), ref.name(), ref.sizeBytes());
    }
  }

  /** An object in any set of the employee, withdrawn ones included. */
  public Found find(@Nullable String session, Hash256 name) {
    DeviceCaller device = gate.admit(session);
    return objects
        .find(device.employeeId(), name)
        .map(ref -> Found.of(device.employeeId(), ref))
        .orElseThrow(Refusal::notFound);
  }
}
