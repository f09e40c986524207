package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.backup.restic.boundary.DeviceResticCommands;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What the device's restic signs in with. */
@Path("v1/device/restic/credentials")
@Produces(MediaType.APPLICATION_JSON)
public class ResticSetupResource {

  @Inject private DeviceResticCommands resticCommands;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Gives a credential for the device's restic repository, and makes the repository. */
  @POST
  @Operation(operationId = "giveResticCredential")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.CONSENT_REQUIRED, ProblemCode.CONFLICT})
  @APIResponse(
      responseCode = "201",
      description = "The credential; its password is shown only here",
      content = @Content(schema = @Schema(implementation = NewResticCredential.class)))
  public Response give() {
    return Response.status(Response.Status.CREATED).entity(resticCommands.give(session)).build();
  }

  /** The newest credentials of all of the employee's devices, without passwords. */
  @GET
  @Operation(operationId = "listResticCredentials")
  public List<ResticCredentialView> list() {
    return resticCommands.list(session);
  }

  /** Revokes a credential; revoking it twice is success. */
  @DELETE
  @Operation(operationId = "revokeResticCredential")
  @Path("{username}")
  public void revoke(@PathParam("username") String username) {
    resticCommands.revoke(session, username);
  }
}
