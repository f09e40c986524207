package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.LegalHoldPage;
import org.hikae.openapi.rest.PageLimit;
import org.jspecify.annotations.Nullable;

/** Who is on legal hold. */
@Path("v1/admin/legal-holds")
@Produces(MediaType.APPLICATION_JSON)
public class LegalHoldsResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private LegalHoldCommands desk;

  /** Legal holds that stand, the oldest first. */
  @GET
  @Operation(operationId = "listLegalHolds")
  @PageLimit(max = LegalHoldCommands.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  public LegalHoldPage page(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    return desk.page(
        QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE),
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, LegalHoldCommands.MAX_PAGE));
  }
}
