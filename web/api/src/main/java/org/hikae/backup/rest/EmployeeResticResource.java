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
import org.hikae.backup.restic.boundary.EmployeeResticCommands;
import org.hikae.backup.wire.ResticRepositoryView;
import org.hikae.backup.wire.TakeBackTo;
import org.hikae.backup.wire.TakenBack;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.identity.value.EmployeeId;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** Repositories that an employee's devices use with restic, for those who run the portal. */
@Path("v1/admin/employees/{employeeId}/restic")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeResticResource {

  @Inject private EmployeeResticCommands commands;

  @PathParam("employeeId")
  private String employeeId = "";

  /** An employee's restic repositories, oldest first. */
  @GET
  @Operation(operationId = "listEmployeeResticRepositories")
  public List<ResticRepositoryView> list() {
    return commands.list(id());
  }

  /**
   * Shows restic a repository as it was at a moment within the hold period; the employee is told.
   */
  @POST
  @Operation(operationId = "takeBackEmployeeResticRepository")
  @Path("{repository}/take-back")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.TOO_MANY_REQUESTS})
  @Consumes(MediaType.APPLICATION_JSON)
  public TakenBack takeBack(@PathParam("repository") String repository, TakeBackTo to) {
    return commands.takeBack(id(), repository, to);
  }

  private EmployeeId id() {
    return new EmployeeId(QueryNumbers.id("employeeId", employeeId));
  }
}
