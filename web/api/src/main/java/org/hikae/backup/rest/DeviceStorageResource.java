package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.boundary.DeviceStorageQueries;
import org.hikae.backup.wire.StorageView;
import org.hikae.enrollment.wire.DeviceSession;
import org.jspecify.annotations.Nullable;

/** What the backup of the employee whose device calls takes. */
@Path("v1/device/storage")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceStorageResource {

  @Inject private DeviceStorageQueries storage;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** What the employee's backup takes, and its limits. */
  @GET
  @Operation(operationId = "getDeviceStorage")
  public StorageView storage() {
    return storage.storage(session);
  }
}
