package org.hikae.audit.rest;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.http.parameter.rest.QueryInstants;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.problem.control.PlainTextCheck;
import org.jspecify.annotations.Nullable;

/** Which events to look for, as the address says it. */
public class AuditQueryParams {

  private static final int MAX_CHARS = 255;

  @Parameter(description = "Not before this time", schema = @Schema(format = "date-time"))
  @QueryParam("from")
  private @Nullable String from;

  @Parameter(description = "Before this time", schema = @Schema(format = "date-time"))
  @QueryParam("until")
  private @Nullable String until;

  @Parameter(description = "Only of this sub", schema = @Schema(maxLength = MAX_CHARS))
  @QueryParam("actor")
  private @Nullable String actor;

  @Parameter(
      description = "Only about the employee of this number",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
  @QueryParam("employee")
  private @Nullable String employee;

  @Parameter(description = "Only this action", schema = @Schema(maxLength = MAX_CHARS))
  @QueryParam("action")
  private @Nullable String action;

  @Parameter(description = "Only about this object", schema = @Schema(maxLength = MAX_CHARS))
  @QueryParam("object")
  private @Nullable String object;

  AuditCriteria query() {
    return new AuditCriteria(
        QueryInstants.at("from", from),
        QueryInstants.at("until", until),
        text("actor", actor),
        employee == null
            ? null
            : QueryNumbers.longBetween("employee", employee, 0, 1, Long.MAX_VALUE),
        text("action", action),
        text("object", object));
  }

  private static @Nullable String text(String name, @Nullable String text) {
    return text == null ? null : PlainTextCheck.line(name, text, MAX_CHARS);
  }
}
