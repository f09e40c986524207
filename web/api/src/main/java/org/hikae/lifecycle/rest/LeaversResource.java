package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.identity.value.EmployeeId;
import org.hikae.lifecycle.boundary.LeaverQueries;
import org.hikae.lifecycle.view.LeaverPage;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Employees whose account is disabled or gone, and what is done with their data. */
@Path("v1/admin/leavers")
@Produces(MediaType.APPLICATION_JSON)
public class LeaversResource {

  @Inject private LeaverQueries queries;

  /** Employees whose account is disabled or gone, by growing number. */
  @GET
  @Operation(operationId = "listLeavers")
  public LeaverPage page(
      @QueryParam("after") @Nullable EmployeeId after,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(LeaverQueries.MAX_PAGE)
          PageRequest limit) {
    return queries.page(after, limit);
  }
}
