package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.lifecycle.boundary.LeaverQueries;
import org.hikae.lifecycle.view.LeaverPage;
import org.hikae.openapi.rest.PageLimit;
import org.jspecify.annotations.Nullable;

/** Employees whose account is disabled or gone, and what is done with their data. */
@Path("v1/admin/leavers")
@Produces(MediaType.APPLICATION_JSON)
public class LeaversResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private LeaverQueries desk;

  /** Employees whose account is disabled or gone, by growing number. */
  @GET
  @Operation(operationId = "listLeavers")
  @PageLimit(max = LeaverQueries.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  public LeaverPage page(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    return desk.page(
        QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE),
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, LeaverQueries.MAX_PAGE));
  }
}
