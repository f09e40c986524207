package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryConstants;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.RunState;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.PlainTextCheck;
import org.jspecify.annotations.Nullable;

/** All employees with what the portal knows of their backups: figures, never content. */
@Path("v1/admin/employees")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeesResource {

  @Inject private EmployeeListQueries employeeQueries;

  /** Employees with what the portal knows of their backups. */
  @GET
  @Operation(operationId = "listEmployees")
  @Parameter(
      name = "search",
      in = ParameterIn.QUERY,
      description = "Part of a name, user name or mail",
      schema = @Schema(maxLength = EmployeeCriteria.MAX_TEXT_CHARS))
  @Parameter(
      name = "optIn",
      in = ParameterIn.QUERY,
      description = "Only those who stand so",
      schema = @Schema(implementation = OptInState.class))
  @Parameter(
      name = "lastRun",
      in = ParameterIn.QUERY,
      description = "Only those whose newest run stands so",
      schema = @Schema(implementation = RunState.class))
  @Parameter(
      name = "sort",
      in = ParameterIn.QUERY,
      description = "What to order by",
      schema = @Schema(implementation = EmployeeCriteria.Sort.class, defaultValue = "NAME"))
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "What the page before gave as next")
  public EmployeePage page(
      @QueryParam("search") @Nullable String search,
      @QueryParam("optIn") @Nullable String optIn,
      @QueryParam("lastRun") @Nullable String lastRun,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("descending") @Nullable String descending,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(EmployeeCriteria.MAX_LIMIT)
          PageRequest limit) {
    String text =
        search == null
            ? ""
            : PlainTextCheck.line("search", search, EmployeeCriteria.MAX_TEXT_CHARS);
    EmployeeCriteria.Sort order = QueryConstants.of("sort", EmployeeCriteria.Sort.class, sort);
    return employeeQueries.pageAfter(
        new EmployeeCriteria(
            text,
            QueryConstants.of("optIn", OptInState.class, optIn),
            QueryConstants.of("lastRun", RunState.class, lastRun),
            false,
            order == null ? EmployeeCriteria.Sort.NAME : order,
            "true".equals(descending)),
        cursor,
        limit);
  }
}
