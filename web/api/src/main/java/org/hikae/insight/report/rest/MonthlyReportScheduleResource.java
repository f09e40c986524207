package org.hikae.insight.report.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.http.rest.AnswerLanguage;
import org.hikae.http.rest.EntityTags;
import org.hikae.insight.report.boundary.MonthlyReportQueries;
import org.hikae.insight.report.boundary.MonthlyReportScheduleCommands;
import org.hikae.insight.report.boundary.MonthlyReportTestCommands;
import org.hikae.insight.report.view.MonthlyReportScheduleView;
import org.hikae.insight.report.view.PutMonthlyReportSchedule;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Who gets the monthly report by mail. */
@Path("v1/admin/monthly-report-schedule")
@Produces(MediaType.APPLICATION_JSON)
public class MonthlyReportScheduleResource {

  @Inject private MonthlyReportQueries queries;
  @Inject private MonthlyReportScheduleCommands commands;
  @Inject private MonthlyReportTestCommands testCommands;

  /** Who gets the monthly report by mail. */
  @GET
  @Operation(operationId = "getMonthlyReportSchedule")
  @APIResponse(
      responseCode = "200",
      description = "Who gets it",
      content = @Content(schema = @Schema(implementation = MonthlyReportScheduleView.class)))
  public Response schedule() {
    return answer(queries.schedule());
  }

  /** Says who gets the monthly report by mail from now on. */
  @PUT
  @Operation(operationId = "putMonthlyReportSchedule")
  @Refuses(ProblemCode.EDITED_MEANWHILE)
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "Who gets it",
      content = @Content(schema = @Schema(implementation = MonthlyReportScheduleView.class)))
  public Response put(
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutMonthlyReportSchedule wanted) {
    return answer(commands.put(EntityTags.given(ifMatch), wanted));
  }

  /** Sends the caller the newest monthly report, or a preview, at once. */
  @POST
  @Operation(operationId = "testMonthlyReport")
  @Refuses(ProblemCode.TOO_MANY_REQUESTS)
  @Path("tests")
  public TestChannelResult test(@Context HttpHeaders headers) {
    return testCommands.run(AnswerLanguage.of(headers).getLanguage());
  }

  private static Response answer(MonthlyReportScheduleView schedule) {
    return Response.ok(schedule).tag(EntityTags.tag(schedule.edition())).build();
  }
}
