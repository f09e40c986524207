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
   * @param status {@code UP}, or {@code DRAINING} when it is about to stop: it serves what comes,
   *     and nothing new should be sent to it
   */
  public record Live(LiveStatus status) {}

  /** What the portal says of itself. */
  public enum LiveStatus {
    /** It runs. */
    UP,
    /** It is about to stop. */
    DRAINING
  }

  /** Whether the portal runs at all. */
  @GET
  @Operation(operationId = "getLiveness")
  @APIResponse(
      responseCode = "503",
      description = "It is about to stop",
      content = @Content(schema = @Schema(implementation = Live.class)))
  @Path("live")
  @APIResponse(
      responseCode = "200",
      description = "It runs",
      content = @Content(schema = @Schema(implementation = Live.class)))
  public Response live() {
    return health.isDraining()
        ? Response.status(503).entity(new Live(LiveStatus.DRAINING)).build()
        : Response.ok(new Live(LiveStatus.UP)).build();
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
