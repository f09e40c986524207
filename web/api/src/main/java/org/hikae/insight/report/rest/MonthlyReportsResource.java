package org.hikae.insight.report.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.insight.report.boundary.MonthlyReportExport;
import org.hikae.insight.report.boundary.MonthlyReportQueries;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.insight.report.view.MonthlyReportList;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Reports for management and auditors. */
@Path("v1/admin/monthly-reports")
@Produces(MediaType.APPLICATION_JSON)
public class MonthlyReportsResource {

  private static final String PDF = "application/pdf";
  private static final String CSV = "text/csv";
  private static final String ENGLISH = "en";

  @Inject private MonthlyReportQueries queries;
  @Inject private MonthlyReportExport export;

  /** The monthly reports that are kept, newest first. */
  @GET
  @Operation(operationId = "listMonthlyReports")
  public MonthlyReportList list() {
    return queries.list();
  }

  /** The report of a month as a file; a preview of the month that is not over. */
  @GET
  @Operation(operationId = "getMonthlyReport")
  @Path("{month}")
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "Form of the file",
      schema =
          @Schema(
              enumeration = {"pdf", "csv"},
              defaultValue = "pdf"))
  @Parameter(
      name = "language",
      in = ParameterIn.QUERY,
      description = "Language of a PDF file",
      schema =
          @Schema(
              enumeration = {ENGLISH, "ja"},
              defaultValue = ENGLISH))
  @Refuses(ProblemCode.TOO_MANY_REQUESTS)
  @Produces({PDF, CSV})
  @APIResponse(
      responseCode = "200",
      description = "The file",
      content = {
        @Content(mediaType = PDF, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
      })
  public Response file(
      @Parameter(description = "Such as 2026-11, in UTC") @PathParam("month") String month,
      @QueryParam("format") @Nullable String format,
      @QueryParam("language") @Nullable String language) {
    MonthlyReportFormat wanted =
        switch (format == null ? "pdf" : format) {
          case "pdf" -> MonthlyReportFormat.PDF;
          case "csv" -> MonthlyReportFormat.CSV;
          default -> throw Refusal.malformed("format must be pdf or csv.");
        };
    MonthlyReportFile file = export.file(month, wanted, language == null ? ENGLISH : language);
    return Response.ok(file.content(), file.type())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
        .build();
  }
}
