package org.hikae.audit.rest;

import jakarta.ws.rs.QueryParam;
import org.hikae.audit.boundary.AuditQuery;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.rest.QueryInstants;
import org.hikae.problem.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/** Which events to look for, as the address says it. */
public class AuditSearch {

  private static final int MAX_CHARS = 255;

  @QueryParam("from")
  private @Nullable String from;

  @QueryParam("until")
  private @Nullable String until;

  @QueryParam("actor")
  private @Nullable String actor;

  @QueryParam("employee")
  private @Nullable String employee;

  @QueryParam("action")
  private @Nullable String action;

  @QueryParam("object")
  private @Nullable String object;

  AuditQuery query() {
    return new AuditQuery(
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
    if (text != null && text.length() > MAX_CHARS) {
      throw Refusal.malformed(name + " may have at most " + MAX_CHARS + " characters.");
    }
    return text;
  }
}
