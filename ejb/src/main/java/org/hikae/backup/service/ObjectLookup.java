package org.hikae.backup.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ObjectRef;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds objects of the employee; anybody else's are not found. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class ObjectLookup {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private StoredObjectStore objects;

  /**
   * A stored object.
   *
   * @param employeeId whose it is
   * @param repositoryId where it lies
   * @param name its name
   * @param size its length
   */
  public record FoundObject(long employeeId, long repositoryId, Hash256 name, long size) {

    static FoundObject of(long employeeId, ObjectRef ref) {
      return new FoundObject(employeeId, ref.repositoryId(), ref.name(), ref.sizeBytes());
    }
  }

  /** An object in any set of the employee, withdrawn ones included. */
  public FoundObject find(@Nullable String session, Hash256 name) {
    DeviceCaller device = authenticator.admit(session);
    return objects
        .find(device.employeeId(), name)
        .map(ref -> FoundObject.of(device.employeeId(), ref))
        .orElseThrow(Refusal::notFound);
  }
}
