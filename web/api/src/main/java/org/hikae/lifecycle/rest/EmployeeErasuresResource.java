package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.identity.value.EmployeeId;
import org.hikae.lifecycle.boundary.EmployeeErasureQueries;
import org.hikae.lifecycle.view.ErasureView;

/** What an employee opted out of and what became of it. */
@Path("v1/admin/employees/{employeeId}/erasures")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeErasuresResource {

  @Inject private EmployeeErasureQueries queries;

  /** What an employee opted out of and what became of it, newest first. */
  @GET
  @Operation(operationId = "listErasures")
  public List<ErasureView> list(@PathParam("employeeId") EmployeeId employeeId) {
    return queries.of(employeeId);
  }
}
