package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.insight.system.boundary.RottenObjectQueries;
import org.hikae.insight.system.view.RotPage;
import org.hikae.openapi.rest.PageLimit;
import org.jspecify.annotations.Nullable;

/** Objects that were found rotten. */
@Path("v1/admin/rotten-objects")
@Produces(MediaType.APPLICATION_JSON)
public class RottenObjectsResource {

  private static final int DEFAULT_LIMIT = 20;

  @Inject private RottenObjectQueries insight;

  /** Rotten objects, with the snapshots they touch and the devices that can heal them. */
  @GET
  @Operation(operationId = "listRottenObjects")
  @PageLimit(max = RottenObjectQueries.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  public RotPage page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("healed") @Nullable String healed,
      @QueryParam("limit") @Nullable String limit) {
    return insight.page(
        QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE),
        "true".equals(healed),
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, RottenObjectQueries.MAX_PAGE));
  }
}
