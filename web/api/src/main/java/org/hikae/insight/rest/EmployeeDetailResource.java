package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.identity.value.EmployeeId;
import org.hikae.insight.boundary.EmployeeDetailQueries;
import org.hikae.insight.view.EmployeeDetail;

/** One employee, for those who run the portal. */
@Path("v1/admin/employees/{employeeId}")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeDetailResource {

  @Inject private EmployeeDetailQueries detailQueries;

  /** Departments, devices, protections, newest runs and legal hold of an employee. */
  @GET
  @Operation(operationId = "getEmployee")
  public EmployeeDetail of(@PathParam("employeeId") EmployeeId employeeId) {
    return detailQueries.of(employeeId);
  }
}
