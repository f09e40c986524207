package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.hikae.insight.boundary.EmployeeInsight;
import org.hikae.insight.boundary.EmployeePage;
import org.hikae.insight.boundary.EmployeeQuery;
import org.hikae.insight.boundary.OptInState;
import org.hikae.insight.boundary.RunState;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/** All employees with what the portal knows of their backups: figures, never content. */
@Path("v1/admin/employees")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeesResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private EmployeeInsight insight;

  /** A page of employees. */
  @GET
  public EmployeePage page(
      @QueryParam("search") @Nullable String search,
      @QueryParam("optIn") @Nullable String optIn,
      @QueryParam("lastRun") @Nullable String lastRun,
      @QueryParam("sort") @Nullable String sort,
      @QueryParam("descending") @Nullable String descending,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable String limit) {
    String text = search == null ? "" : search;
    if (text.length() > EmployeeQuery.MAX_TEXT_CHARS) {
      throw Refusal.malformed(
          "search may have at most " + EmployeeQuery.MAX_TEXT_CHARS + " characters.");
    }
    EmployeeQuery.Sort order = choice("sort", EmployeeQuery.Sort.class, sort);
    return insight.pageAfter(
        new EmployeeQuery(
            text,
            choice("optIn", OptInState.class, optIn),
            choice("lastRun", RunState.class, lastRun),
            order == null ? EmployeeQuery.Sort.NAME : order,
            "true".equals(descending)),
        cursor,
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, EmployeeQuery.MAX_LIMIT));
  }

  private static <E extends Enum<E>> @Nullable E choice(
      String name, Class<E> type, @Nullable String text) {
    if (text == null) {
      return null;
    }
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw Refusal.malformed(name + " has an unknown value.");
  }
}
