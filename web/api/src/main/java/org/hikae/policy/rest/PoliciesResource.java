package org.hikae.policy.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.hikae.policy.boundary.EffectivePolicy;
import org.hikae.policy.boundary.PolicyBoard;
import org.hikae.policy.boundary.PolicyDesk;
import org.hikae.policy.boundary.PolicyKeyView;
import org.hikae.policy.boundary.PolicyPreview;
import org.hikae.policy.boundary.PolicyScopePage;
import org.hikae.policy.boundary.PreviewPolicy;
import org.hikae.problem.rest.QueryNumbers;
import org.jspecify.annotations.Nullable;

/** Which policies there are, what they can say, what holds for whom, and what a change would do. */
@Path("v1/admin/policies")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  private static final int DEFAULT_LIMIT = 100;

  @Inject private PolicyBoard board;
  @Inject private PolicyDesk desk;

  /** Scopes that have or had a policy, in the order of their names. */
  @GET
  public PolicyScopePage scopes(
      @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
    return board.scopes(
        after, QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, PolicyBoard.MAX_PAGE));
  }

  /** Every value that a policy can set, with its bounds. */
  @GET
  @Path("keys")
  public List<PolicyKeyView> keys() {
    return board.keys();
  }

  /** What holds for an employee, and where each value comes from. */
  @GET
  @Path("effective/{employeeId}")
  public EffectivePolicy effective(@PathParam("employeeId") String employeeId) {
    return board.effective(
        QueryNumbers.longBetween("employeeId", employeeId, 0, 1, Long.MAX_VALUE));
  }

  /** What a version would do; changes nothing. */
  @POST
  @Path("previews")
  @Consumes(MediaType.APPLICATION_JSON)
  public PolicyPreview preview(PreviewPolicy wanted) {
    return desk.preview(wanted);
  }
}
