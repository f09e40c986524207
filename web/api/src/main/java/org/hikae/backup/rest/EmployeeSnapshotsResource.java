package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.backup.boundary.EmployeeSnapshotQueries;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.identity.value.EmployeeId;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** An employee's snapshots, for those who run the portal. */
@Path("v1/admin/employees/{employeeId}/snapshots")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeSnapshotsResource {

  @Inject private EmployeeSnapshotQueries snapshots;

  /** A page of snapshots, newest first. */
  @GET
  @Operation(operationId = "listEmployeeSnapshots")
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "Goes on from here: next of the page before",
      schema = @Schema(type = SchemaType.STRING))
  public SnapshotPage page(
      @PathParam("employeeId") EmployeeId employeeId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(EmployeeSnapshotQueries.MAX_LIMIT)
          PageRequest limit) {
    return snapshots.page(employeeId, after, limit);
  }
}
