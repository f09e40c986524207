package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.enrollment.boundary.KeyRotationCommands;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.SetView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The end of a rotation of K. */
@Path("v1/device/rotation")
@Produces(MediaType.APPLICATION_JSON)
public class KeyRotationResource {

  @Inject private KeyRotationCommands rotation;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Ends a rotation: makes the prepared K the key of the set. */
  @POST
  @Operation(operationId = "endRotation")
  @Refuses({
    ProblemCode.REAUTHENTICATE,
    ProblemCode.NOT_OPTED_IN,
    ProblemCode.NOT_FOUND,
    ProblemCode.KEY_ROTATED,
    ProblemCode.CONFLICT
  })
  @Consumes(MediaType.APPLICATION_JSON)
  public SetView end(Rotate request) {
    return rotation.end(session, request);
  }
}
