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
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.value.LegalHoldId;
import org.hikae.lifecycle.view.LegalHoldPage;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** Who is on legal hold. */
@Path("v1/admin/legal-holds")
@Produces(MediaType.APPLICATION_JSON)
public class LegalHoldsResource {

  @Inject private LegalHoldCommands commands;

  /** Legal holds that stand, the oldest first. */
  @GET
  @Operation(operationId = "listLegalHolds")
  public LegalHoldPage page(
      @QueryParam("after") @Nullable LegalHoldId after,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(LegalHoldCommands.MAX_PAGE)
          PageRequest limit) {
    return commands.page(after, limit);
  }
}
