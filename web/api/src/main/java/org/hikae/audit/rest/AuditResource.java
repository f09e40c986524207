package org.hikae.audit.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.audit.boundary.AuditExport;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditPage;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The trail. */
@Path("v1/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private static final String JSON_LINES = "application/jsonl";
  private static final String CSV = "text/csv";

  @Inject private AuditQueries auditQueries;
  @Inject private AuditExport export;

  /** Events of the audit trail that match, newest first. */
  @GET
  @Operation(operationId = "listAuditEvents")
  public AuditPage page(
      @BeanParam AuditQueryParams search,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("100") @PageLimit(AuditQueries.MAX_PAGE)
          PageRequest limit) {
    return auditQueries.page(search.query(), cursor, limit);
  }

  /** Checks that nothing in the audit trail was changed, removed or inserted, from a place on. */
  @GET
  @Operation(operationId = "verifyAudit")
  @Path("verification")
  public AuditVerdict verify(@QueryParam("after") @Nullable String after) {
    return auditQueries.verify(QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE));
  }

  /** The events that match as a file, oldest first, signed by the vault. */
  @GET
  @Operation(operationId = "exportAudit")
  @Parameter(
      name = "format",
      in = ParameterIn.QUERY,
      description = "Form of the file",
      schema =
          @Schema(
              enumeration = {"jsonl", "csv"},
              defaultValue = "jsonl"))
  @Refuses({ProblemCode.TOO_MANY_REQUESTS, ProblemCode.VAULT_UNAVAILABLE})
  @Path("export")
  @Produces({JSON_LINES, CSV})
  @APIResponse(
      responseCode = "200",
      description = "The file; without its last line it broke off",
      content = {
        @Content(mediaType = JSON_LINES, schema = @Schema(type = SchemaType.STRING)),
        @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
      })
  public Response export(
      @BeanParam AuditQueryParams search, @QueryParam("format") @Nullable String format) {
    AuditExport.Format wanted =
        switch (format == null ? "jsonl" : format) {
          case "jsonl" -> AuditExport.Format.JSONL;
          case "csv" -> AuditExport.Format.CSV;
          default -> throw Refusal.malformed("format must be jsonl or csv.");
        };
    AuditExport.PreparedExport job = export.begin(search.query(), wanted);
    StreamingOutput file = out -> export.write(job, out);
    boolean csv = wanted == AuditExport.Format.CSV;
    String name = "hikae-audit-" + job.end().seq() + (csv ? ".csv" : ".jsonl");
    return Response.ok(file, (csv ? CSV : JSON_LINES) + ";charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }
}
