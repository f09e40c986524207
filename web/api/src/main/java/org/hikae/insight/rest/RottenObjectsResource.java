package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.value.RottenObjectId;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.insight.system.boundary.RottenObjectQueries;
import org.hikae.insight.system.view.RotPage;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Objects that were found rotten. */
@Path("v1/admin/rotten-objects")
@Produces(MediaType.APPLICATION_JSON)
public class RottenObjectsResource {

  @Inject private RottenObjectQueries rottenObjectQueries;

  /** Rotten objects, with the snapshots they touch and the devices that can heal them. */
  @GET
  @Operation(operationId = "listRottenObjects")
  public RotPage page(
      @QueryParam("after") @Nullable RottenObjectId after,
      @QueryParam("healed") @Nullable String healed,
      @QueryParam("limit") @DefaultValue("20") @PageLimit(RottenObjectQueries.MAX_PAGE)
          PageRequest limit) {
    return rottenObjectQueries.page(after, "true".equals(healed), limit);
  }
}
