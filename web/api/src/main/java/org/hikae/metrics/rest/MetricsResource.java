package org.hikae.metrics.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.hikae.http.rest.ApiApplication;
import org.hikae.metrics.boundary.MetricsScrape;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** Figures for a monitoring system. */
@Path("metrics")
public class MetricsResource {

  @Inject private MetricsScrape scrape;

  @Context private HttpHeaders headers;

  /** All figures of this portal in Prometheus' text format. */
  @GET
  @Operation(operationId = "getMetrics")
  @SecurityRequirement(name = ApiApplication.MONITORING)
  @Refuses({ProblemCode.UNAUTHENTICATED, ProblemCode.NOT_FOUND})
  @Produces("text/plain;version=0.0.4;charset=utf-8")
  public String metrics() {
    return scrape.text(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
  }
}
