package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.restic.boundary.OwnResticCommands;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** Repositories that the signed-in employee's devices use with restic. */
@Path("v1/my/restic")
@Produces(MediaType.APPLICATION_JSON)
public class OwnResticResource {

  @Inject private OwnResticCommands restic;

  /** The caller's own restic repositories, oldest first. */
  @GET
  @Operation(operationId = "listMyResticRepositories")
  public List<ResticRepositoryView> list() {
    return restic.list();
  }

  /** Shows restic a repository as it was at a moment within the hold period. */
  @POST
  @Operation(operationId = "takeBackMyResticRepository")
  @Path("{repository}/take-back")
  @Refuses(ProblemCode.TOO_MANY_REQUESTS)
  @Consumes(MediaType.APPLICATION_JSON)
  public TakenBack takeBack(@PathParam("repository") String repository, TakeBackTo to) {
    return restic.takeBack(repository, to);
  }
}
