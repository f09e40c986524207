package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.maintenance.boundary.DeviceScrubQueries;
import org.hikae.backup.wire.LastScrubView;
import org.hikae.enrollment.wire.DeviceSession;
import org.jspecify.annotations.Nullable;

/** When stored objects were last read again, for the employee whose device calls. */
@Path("v1/device/scrub")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceScrubResource {

  @Inject private DeviceScrubQueries scrubs;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** When all objects were last read again, and how many of the employee's are rotten. */
  @GET
  @Operation(operationId = "getDeviceScrub")
  public LastScrubView last() {
    return scrubs.last(session);
  }
}
