package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.boundary.RunReportCommands;
import org.hikae.backup.wire.RunReport;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Runs of the calling device. */
@Path("v1/device/runs")
public class RunsResource {

  @Inject private RunReportCommands runs;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Reports the start, a heartbeat or the end of a run. */
  @PUT
  @Operation(operationId = "reportRun")
  @Refuses(ProblemCode.CONFLICT)
  @Path("{runId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public void report(@PathParam("runId") String runId, RunReport report) {
    runs.report(session, runId, report);
  }
}
