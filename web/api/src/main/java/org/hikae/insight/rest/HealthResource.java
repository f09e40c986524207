package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.hikae.insight.system.boundary.HealthQueries;
import org.hikae.insight.system.view.HealthReport;

/** For probes: whether the portal lives and whether it can serve. */
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirements
public class HealthResource {

  @Inject private HealthQueries health;

  /**
   * That the portal runs.
   *
   * @param status always {@code UP}
   */
  public record Live(String status) {}

  /** Whether the portal runs at all. */
  @GET
  @Operation(operationId = "getLiveness")
  @Path("live")
  public Live live() {
    return new Live("UP");
  }

  /** Whether database and vault answer. */
  @GET
  @Operation(operationId = "getReadiness")
  @APIResponse(
      responseCode = "503",
      description = "Something does not answer",
      content = @Content(schema = @Schema(implementation = HealthReport.class)))
  @Path("ready")
  @APIResponse(
      responseCode = "200",
      description = "Everything answers",
      content = @Content(schema = @Schema(implementation = HealthReport.class)))
  public Response ready() {
    HealthReport report = health.report();
    return Response.status(report.ready() ? 200 : 503).entity(report).build();
  }
}
