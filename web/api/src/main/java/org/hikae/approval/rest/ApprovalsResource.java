package org.hikae.approval.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.approval.boundary.ApprovalCommands;
import org.hikae.approval.value.ApprovalRequestId;
import org.hikae.approval.view.ApprovalPage;
import org.hikae.approval.view.ApprovalView;
import org.hikae.approval.view.Approve;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Changes that wait for a second administrator, or once did. */
@Path("v1/admin/approvals")
@Produces(MediaType.APPLICATION_JSON)
public class ApprovalsResource {

  @Inject private ApprovalCommands commands;

  /**
   * Requests for approval, newest first; only those that can still be decided when {@code open} is
   * true.
   */
  @GET
  @Operation(operationId = "listApprovals")
  public ApprovalPage page(
      @QueryParam("open") @Nullable String open,
      @QueryParam("before") @Nullable ApprovalRequestId before,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(ApprovalCommands.MAX_PAGE)
          PageRequest limit) {
    return commands.page("true".equals(open), before, limit);
  }

  /** One request for approval with the exact change. */
  @GET
  @Operation(operationId = "getApproval")
  @Path("{requestId}")
  public ApprovalView one(@PathParam("requestId") ApprovalRequestId requestId) {
    return commands.one(requestId);
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
  public ApprovalView approve(@PathParam("requestId") ApprovalRequestId requestId, Approve seen) {
    return commands.approve(requestId, seen);
  }

  /** Refuses the change. */
  @POST
  @Operation(operationId = "rejectChange")
  @Refuses({ProblemCode.ANOTHER_PERSON, ProblemCode.APPROVAL_CLOSED})
  @Path("{requestId}/reject")
  public ApprovalView reject(@PathParam("requestId") ApprovalRequestId requestId) {
    return commands.reject(requestId);
  }

  /** Takes one's own request back. */
  @POST
  @Operation(operationId = "withdrawChange")
  @Refuses(ProblemCode.APPROVAL_CLOSED)
  @Path("{requestId}/withdraw")
  public ApprovalView withdraw(@PathParam("requestId") ApprovalRequestId requestId) {
    return commands.withdraw(requestId);
  }
}
