package org.hikae.policy.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.approval.view.ApprovalView;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.http.rest.EntityTags;
import org.hikae.openapi.rest.Refuses;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.PolicyScopeView;
import org.hikae.policy.view.PolicyVersionView;
import org.hikae.policy.view.PutPolicy;
import org.hikae.policy.view.PutPolicyResult;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** One scope: {@code default}, {@code group} and the group's path, {@code employee/NUMBER}. */
@Path("v1/admin/policies/scopes/{scope:.+}")
@Produces(MediaType.APPLICATION_JSON)
public class PolicyScopesResource {

  @Inject private PolicyQueries queries;
  @Inject private PolicyCommands commands;

  /** Its versions, newest first, and who made them; the entity tag is the version that stands. */
  @GET
  @Operation(operationId = "getPolicyScope")
  @APIResponse(
      responseCode = "200",
      description = "The scope; 304 when If-None-Match names the version that stands",
      content = @Content(schema = @Schema(implementation = PolicyScopeView.class)))
  public Response get(
      @PathParam("scope") String scope,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @DefaultValue("20") @PageLimit(PolicyQueries.MAX_PAGE)
          PageRequest limit) {
    PolicyScopeView found = queries.scope(scope, QueryNumbers.cursor("before", before), limit);
    boolean known = EntityTags.known(ifNoneMatch, found.version());
    return (known ? Response.notModified() : Response.ok(found))
        .tag(EntityTags.tag(found.version()))
        .build();
  }

  /** Puts a new version of a scope's policy. */
  @PUT
  @Operation(operationId = "putPolicy")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFIRMATION_REQUIRED, ProblemCode.CONFLICT})
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The version holds",
      content = @Content(schema = @Schema(implementation = PolicyVersionView.class)))
  @APIResponse(
      responseCode = "202",
      description = "It protects somebody less and waits for a second administrator",
      content = @Content(schema = @Schema(implementation = ApprovalView.class)))
  public Response put(
      @PathParam("scope") String scope,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutPolicy policy) {
    return answer(commands.put(scope, policy.matching(EntityTags.given(ifMatch))));
  }

  /** Removes a scope's policy: puts a version that sets nothing. */
  @DELETE
  @Operation(operationId = "removePolicy")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFIRMATION_REQUIRED, ProblemCode.CONFLICT})
  @APIResponse(
      responseCode = "200",
      description = "Everything is inherited",
      content = @Content(schema = @Schema(implementation = PolicyVersionView.class)))
  @APIResponse(
      responseCode = "202",
      description = "It protects somebody less and waits for a second administrator",
      content = @Content(schema = @Schema(implementation = ApprovalView.class)))
  public Response remove(
      @PathParam("scope") String scope,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @QueryParam("replaces") @Nullable String replaces,
      @QueryParam("confirm") @Nullable String confirm) {
    Long number =
        replaces == null
            ? null
            : QueryNumbers.longBetween("replaces", replaces, 0, 0, Long.MAX_VALUE);
    Long replaced = PutPolicy.either(EntityTags.given(ifMatch), number);
    return answer(commands.remove(scope, replaced, confirm));
  }

  private static Response answer(PutPolicyResult put) {
    return switch (put) {
      case PutPolicyResult.Made made ->
          Response.ok(made.version()).tag(EntityTags.tag(made.version().version())).build();
      case PutPolicyResult.Waits waits -> Response.status(202).entity(waits.approval()).build();
    };
  }
}
