package org.hikae.diagnostics.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.diagnostics.boundary.DeviceDiagnosticsCommands;
import org.hikae.diagnostics.wire.Diagnostics;
import org.hikae.diagnostics.wire.DiagnosticsAnswer;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Diagnostics of the calling device (spec HK1-R-17). */
@Path("v1/device/diagnostics")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceDiagnosticsResource {

  @Inject private DeviceDiagnosticsCommands commands;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Sends what the device says of itself to the help desk; ten a day at most. */
  @POST
  @Operation(operationId = "sendDiagnostics")
  @APIResponse(
      responseCode = "201",
      description = "The diagnostics are kept",
      content = @Content(schema = @Schema(implementation = DiagnosticsAnswer.class)))
  @Refuses(ProblemCode.TOO_MANY_REQUESTS)
  @Consumes(MediaType.APPLICATION_JSON)
  @MaxBody(Diagnostics.MAX_BYTES)
  public Response send(Diagnostics diagnostics) {
    return Response.status(Response.Status.CREATED)
        .entity(commands.send(session, diagnostics))
        .build();
  }
}
