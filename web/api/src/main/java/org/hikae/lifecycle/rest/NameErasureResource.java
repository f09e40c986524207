package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.hikae.lifecycle.boundary.NameErasure;
import org.hikae.problem.rest.QueryNumbers;

/** What an employee was called, in the audit trail. */
@Path("v1/admin/audit/names/{employeeId}")
@Produces(MediaType.APPLICATION_JSON)
public class NameErasureResource {

  @Inject private NameErasure names;

  /** Erases it from the events they caused. */
  @DELETE
  public NameErasure.Erased erase(@PathParam("employeeId") String employeeId) {
    return names.erase(QueryNumbers.longBetween("employeeId", employeeId, 0, 1, Long.MAX_VALUE));
  }
}
