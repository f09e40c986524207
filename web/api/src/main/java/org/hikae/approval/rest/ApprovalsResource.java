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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.view.ApprovalPage;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.openapi.rest.PageLimit;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Changes that wait for a second administrator, or once did. */
@Path("v1/admin/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private ApprovalCommands desk;

  /**
   * Requests for approval, newest first; only those that can still be decided when {@code open} is
   * true.
   */
  @GET
  @Operation(operationId = "listApprovals")
  @PageLimit(max = ApprovalCommands.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  public ApprovalPage page(
      @QueryParam("open") @Nullable String open,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    Long id =
        before == null ? null : QueryNumbers.longBetween("before", before, 0, 1, Long.MAX_VALUE);
    return desk.page(
        "true".equals(open),
        id,
        QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, ApprovalCommands.MAX_PAGE));
  }

  /** One request for approval with the exact change. */
  @GET
  @Operation(operationId = "getApproval")
  @Path("{requestId}")
  public ApprovalView one(@PathParam("requestId") String requestId) {
    return desk.one(id(requestId));
  }

  /** Agrees to the change that was seen, and makes it. */
  @POST
  @Operation(operationId = "approveChange")
  @Refuses({
    ProblemCode.REAUTHENTICATE,
    ProblemCode.ANOTHER_PERSON,
    ProblemCode.APPROVAL_CLOSED,
    ProblemCode.REQUESTER_NOT_ADMIN,
    ProblemCode.CONFLICT,
    ProblemCode.BUSY
  })
  @Path("{requestId}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public ApprovalView approve(@PathParam("requestId") String requestId, Approve seen) {
    return desk.approve(id(requestId), seen);
  }

  /** Refuses the change. */
  @POST
  @Operation(operationId = "rejectChange")
  @Refuses({ProblemCode.ANOTHER_PERSON, ProblemCode.APPROVAL_CLOSED})
  @Path("{requestId}/reject")
  public ApprovalView reject(@PathParam("requestId") String requestId) {
    return desk.reject(id(requestId));
  }

  /** Takes one's own request back. */
  @POST
  @Operation(operationId = "withdrawChange")
  @Refuses(ProblemCode.APPROVAL_CLOSED)
  @Path("{requestId}/withdraw")
  public ApprovalView withdraw(@PathParam("requestId") String requestId) {
    return desk.withdraw(id(requestId));
  }

  private static long id(String requestId) {
    return QueryNumbers.longBetween("requestId", requestId, 0, 1, Long.MAX_VALUE);
  }
}
