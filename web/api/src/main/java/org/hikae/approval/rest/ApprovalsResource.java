package org.hikae.approval.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.hikae.approval.boundary.ApprovalDesk;
import org.hikae.approval.boundary.ApprovalPage;
import org.hikae.approval.boundary.ApprovalView;
import org.hikae.approval.boundary.Approve;
import org.hikae.problem.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/** Changes that wait for a second administrator, or once did. */
@Path("v1/admin/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private ApprovalDesk desk;

  /** Requests, newest first; only those that can still be decided when {@code open} is true. */
  @GET
  public ApprovalPage page(
      @QueryParam("open") @Nullable String open,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    Long id =
        before == null ? null : QueryNumbers.longBetween("before", before, 0, 1, Long.MAX_VALUE);
    return desk.page(
        "true".equals(open),
        id,
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, ApprovalDesk.MAX_PAGE));
  }

  /** One request with the exact change. */
  @GET
  @Path("{requestId}")
  public ApprovalView one(@PathParam("requestId") String requestId) {
    return desk.one(id(requestId));
  }

  /** Agrees to the change that was seen, and makes it. */
  @POST
  @Path("{requestId}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public ApprovalView approve(@PathParam("requestId") String requestId, Approve seen) {
    return desk.approve(id(requestId), seen);
  }

  /** Says no. */
  @POST
  @Path("{requestId}/reject")
  public ApprovalView reject(@PathParam("requestId") String requestId) {
    return desk.reject(id(requestId));
  }

  /** Takes one's own request back. */
  @POST
  @Path("{requestId}/withdraw")
  public ApprovalView withdraw(@PathParam("requestId") String requestId) {
    return desk.withdraw(id(requestId));
  }

  private static long id(String requestId) {
    return QueryNumbers.longBetween("requestId", requestId, 0, 1, Long.MAX_VALUE);
  }
}
