package org.hikae.audit.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.hikae.audit.boundary.AuditLog;
import org.hikae.audit.boundary.AuditPage;
import org.hikae.audit.boundary.AuditVerdict;
import org.hikae.problem.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/** The trail. */
@Path("v1/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private static final int DEFAULT_LIMIT = 100;

  @Inject private AuditLog log;

  /** Events before a place, newest first. */
  @GET
  public AuditPage page(
      @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
    Long place =
        before == null ? null : QueryNumbers.longBetween("before", before, 0, 1, Long.MAX_VALUE);
    return log.page(
        place, QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, AuditLog.MAX_PAGE));
  }

  /** Checks that nothing in the trail was changed, removed or inserted. */
  @GET
  @Path("verification")
  public AuditVerdict verify() {
    return log.verify();
  }
}
