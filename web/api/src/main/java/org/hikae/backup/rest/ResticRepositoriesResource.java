package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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
import org.hikae.backup.restic.boundary.ResticPasswordCommands;
import org.hikae.backup.wire.OwnResticRepository;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.NewResticCredential;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The employee's restic repositories, for each of the employee's devices. */
@Path("v1/device/restic/repositories")
@Produces(MediaType.APPLICATION_JSON)
public class ResticRepositoriesResource {

  @Inject private ResticPasswordCommands passwordCommands;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** The restic repositories of all of the employee's devices, with passwords sealed under K. */
  @GET
  @Operation(operationId = "listDeviceResticRepositories")
  public List<OwnResticRepository> list() {
    return passwordCommands.list(session);
  }

  /** Keeps a repository's next password, sealed under K; none is overwritten. */
  @PUT
  @Operation(operationId = "keepResticPassword")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.KEY_ROTATED, ProblemCode.CONFLICT})
  @Path("{repository}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  public void keep(@PathParam("repository") String repository, PutResticPassword password) {
    passwordCommands.keep(session, repository, password);
  }

  /** Gives this device a credential for the restic repository of any of the employee's devices. */
  @POST
  @Operation(operationId = "giveRepositoryCredential")
  @Refuses(ProblemCode.CONFLICT)
  @Path("{repository}/credentials")
  @APIResponse(
      responseCode = "201",
      description = "The credential; its password is shown only here",
      content = @Content(schema = @Schema(implementation = NewResticCredential.class)))
  public Response give(@PathParam("repository") String repository) {
    return Response.status(Response.Status.CREATED)
        .entity(passwordCommands.give(session, repository))
        .build();
  }
}
