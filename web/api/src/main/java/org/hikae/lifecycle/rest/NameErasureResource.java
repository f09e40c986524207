package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.identity.value.EmployeeId;
import org.hikae.lifecycle.boundary.NameErasure;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** What an employee was called, in the audit trail. */
@Path("v1/admin/audit/names/{employeeId}")
@Produces(MediaType.APPLICATION_JSON)
public class NameErasureResource {

  @Inject private NameErasure names;

  /**
   * Erases the name of an employee who left from the events of the audit trail that they caused.
   */
  @DELETE
  @Operation(operationId = "eraseNames")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.ANOTHER_PERSON, ProblemCode.EMPLOYEE_ACTIVE})
  public NameErasure.Erased erase(@PathParam("employeeId") EmployeeId employeeId) {
    return names.erase(employeeId);
  }
}
