package org.hikae.identity.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.identity.boundary.DirectoryCommands;
import org.hikae.identity.boundary.DirectoryQueries;
import org.hikae.identity.boundary.MassLeaveCommands;
import org.hikae.identity.view.DirectoryCounts;
import org.hikae.identity.view.DirectoryView;
import org.hikae.identity.view.MassLeaveView;
import org.hikae.identity.view.MassLeaverPage;
import org.hikae.openapi.rest.PageLimit;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The employee directory. */
@Path("v1/admin/directory")
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private DirectoryQueries board;
  @Inject private DirectoryCommands desk;
  @Inject private MassLeaveCommands findings;

  /** How the directory was read last, and who would be leavers. */
  @GET
  @Operation(operationId = "getDirectory")
  public DirectoryView state() {
    return board.state();
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
      case "full" -> desk.readAll();
      case "incremental" -> desk.readChanges();
      default -> throw Refusal.malformed("kind must be full or incremental.");
    };
  }

  /** The people whom a read would have made leavers, by growing number. */
  @GET
  @Operation(operationId = "listFindingEmployees")
  @PageLimit(max = MassLeaveCommands.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  @Path("findings/{findingId}/employees")
  public MassLeaverPage employees(
      @PathParam("findingId") String findingId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit) {
    return findings.people(
        id(findingId),
        QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE),
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, MassLeaveCommands.MAX_PAGE));
  }

  /** Confirms that the people of a finding have left, and marks them. */
  @POST
  @Operation(operationId = "confirmFinding")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.CONFLICT})
  @Path("findings/{findingId}/confirm")
  public MassLeaveView confirm(@PathParam("findingId") String findingId) {
    return desk.confirm(id(findingId));
  }

  /** Says that the people of a finding have not left; nobody is marked. */
  @POST
  @Operation(operationId = "dismissFinding")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.CONFLICT})
  @Path("findings/{findingId}/dismiss")
  public MassLeaveView dismiss(@PathParam("findingId") String findingId) {
    return findings.dismiss(id(findingId));
  }

  private static long id(String findingId) {
    return QueryNumbers.longBetween("findingId", findingId, 0, 1, Long.MAX_VALUE);
  }
}
