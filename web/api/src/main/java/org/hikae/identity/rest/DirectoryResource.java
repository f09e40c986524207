package org.hikae.identity.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.MassLeaveId;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The employee directory. */
@Path("v1/admin/directory")
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {

  @Inject private DirectoryQueries queries;
  @Inject private DirectoryCommands commands;
  @Inject private MassLeaveCommands massLeaves;

  /** How the directory was read last, and who would be leavers. */
  @GET
  @Operation(operationId = "getDirectory")
  public DirectoryView state() {
    return queries.state();
  }

  /**
   * Reads the directory from Keycloak now: everybody when {@code kind} is {@code full} or absent,
   * only what changed when it is {@code incremental}.
   */
  @POST
  @Operation(operationId = "syncDirectory")
  @Refuses(ProblemCode.BUSY)
  @Path("sync")
  public DirectoryCounts sync(@QueryParam("kind") @Nullable String kind) {
    return switch (kind == null ? "full" : kind) {
      case "full" -> commands.readAll();
      case "incremental" -> commands.readChanges();
      default -> throw Refusal.malformed("kind must be full or incremental.");
    };
  }

  /** The people whom a read would have made leavers, by growing number. */
  @GET
  @Operation(operationId = "listFindingEmployees")
  @Path("findings/{findingId}/employees")
  public MassLeaverPage employees(
      @PathParam("findingId") MassLeaveId findingId,
      @QueryParam("after") @Nullable EmployeeId after,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(MassLeaveCommands.MAX_PAGE)
          PageRequest limit) {
    return massLeaves.people(findingId, after, limit);
  }

  /** Confirms that the people of a finding have left, and marks them. */
  @POST
  @Operation(operationId = "confirmFinding")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.CONFLICT})
  @Path("findings/{findingId}/confirm")
  public MassLeaveView confirm(@PathParam("findingId") MassLeaveId findingId) {
    return commands.confirm(findingId);
  }

  /** Says that the people of a finding have not left; nobody is marked. */
  @POST
  @Operation(operationId = "dismissFinding")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.CONFLICT})
  @Path("findings/{findingId}/dismiss")
  public MassLeaveView dismiss(@PathParam("findingId") MassLeaveId findingId) {
    return massLeaves.dismiss(findingId);
  }
}
