package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.system.boundary.JobQueries;
import org.hikae.insight.system.view.JobView;
import org.hikae.insight.view.Coverage;
import org.hikae.insight.view.StorageTotals;

/** The whole company at a glance, for those who run the portal. */
@Path("v1/admin")
@Produces(MediaType.APPLICATION_JSON)
public class OverviewResource {

  @Inject private CoverageQueries coverage;
  @Inject private JobQueries jobs;

  /** Who takes part, and how fresh their backups are. */
  @GET
  @Operation(operationId = "getOverview")
  @Path("overview")
  public Coverage overview() {
    return coverage.coverage();
  }

  /** What is stored for everybody. */
  @GET
  @Operation(operationId = "getStorage")
  @Path("storage")
  public StorageTotals storage() {
    return coverage.storage();
  }

  /** What the portal does by itself, and whether that goes well. */
  @GET
  @Operation(operationId = "listJobs")
  @Path("jobs")
  public List<JobView> jobs() {
    return jobs.jobs();
  }
}
