package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.boundary.EmployeeStorageQueries;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.StorageView;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.identity.value.EmployeeId;

/** What an employee's backup takes and what goes tonight, for those who run the portal. */
@Path("v1/admin/employees/{employeeId}")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeStorageResource {

  @Inject private EmployeeStorageQueries queries;

  @PathParam("employeeId")
  private String employeeId = "";

  /** What an employee's backup takes, and its limits. */
  @GET
  @Operation(operationId = "getEmployeeStorage")
  @Path("storage")
  public StorageView storage() {
    return queries.storage(id());
  }

  /** What of an employee's snapshots would go tonight, and why each stays. */
  @GET
  @Operation(operationId = "getEmployeeRetention")
  @Path("retention")
  public RetentionPreview retention() {
    return queries.retention(id());
  }

  private EmployeeId id() {
    return new EmployeeId(QueryNumbers.id("employeeId", employeeId));
  }
}
