package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.enrollment.boundary.EmployeeConsentQueries;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.identity.value.EmployeeId;
import org.jspecify.annotations.Nullable;

/** One employee's ledger of consents. */
@Path("v1/admin/employees/{employeeId}/consents")
@Produces({MediaType.APPLICATION_JSON, "text/csv"})
public class EmployeeConsentResource {

  @Inject private EmployeeConsentQueries queries;

  /**
   * An employee's whole ledger of consents with the texts agreed to; that it was exported is
   * audited.
   */
  @GET
  @Operation(operationId = "exportEmployeeConsents")
  @APIResponse(
      responseCode = "200",
      description = "The ledger; with format=csv as CSV, without the texts",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ConsentLedger.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
      })
  public Response export(
      @PathParam("employeeId") EmployeeId employeeId,
      @QueryParam("format") @Nullable String format) {
    boolean csv = ConsentLedgerFormat.csv(format);
    return ConsentLedgerFormat.of(queries.of(employeeId), csv);
  }
}
