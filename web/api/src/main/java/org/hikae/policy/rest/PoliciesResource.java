package org.hikae.policy.rest;

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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.identity.value.EmployeeId;
import org.hikae.policy.boundary.PolicyCommands;
import org.hikae.policy.boundary.PolicyQueries;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.EffectivePolicyComparison;
import org.hikae.policy.view.PolicyCriteria;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.policy.view.PolicyPreview;
import org.hikae.policy.view.PolicyScopePage;
import org.hikae.policy.view.PolicyTemplateView;
import org.hikae.policy.view.PreviewPolicy;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Which policies there are, what they can say, what holds for whom, and what a change would do. */
@Path("v1/admin/policies")
@Produces(MediaType.APPLICATION_JSON)
public class PoliciesResource {

  @Inject private PolicyQueries queries;
  @Inject private PolicyCommands commands;

  /** Scopes that have or had a policy, in the order of their names. */
  @GET
  @Operation(operationId = "listPolicyScopes")
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "Goes on from here: next of the page before",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "search",
      in = ParameterIn.QUERY,
      description = "Part of a group's path, or of an employee's name or user name",
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "sets",
      in = ParameterIn.QUERY,
      description = "Name of a value: only policies that set it",
      schema = @Schema(type = SchemaType.STRING))
  public PolicyScopePage scopes(
      @QueryParam("after") @Nullable String after,
      @QueryParam("search") @Nullable String search,
      @QueryParam("sets") @Nullable String sets,
      @QueryParam("limit") @DefaultValue("100") @PageLimit(PolicyQueries.MAX_PAGE)
          PageRequest limit) {
    return queries.scopes(PolicyCriteria.sent(search, sets), after, limit);
  }

  /** Every value that a policy can set, with its bounds. */
  @GET
  @Operation(operationId = "listPolicyKeys")
  @Path("keys")
  public List<PolicyKeyView> keys() {
    return queries.keys();
  }

  /** Values to begin a policy with; putting one is up to the caller. */
  @GET
  @Operation(operationId = "listPolicyTemplates")
  @Path("templates")
  public List<PolicyTemplateView> templates() {
    return queries.templates();
  }

  /** What holds for an employee, and where each value comes from. */
  @GET
  @Operation(operationId = "getEffectivePolicy")
  @Path("effective/{employeeId}")
  public EffectivePolicy effective(@PathParam("employeeId") EmployeeId employeeId) {
    return queries.effective(employeeId);
  }

  /** What holds for an employee and for another one, side by side: first what differs. */
  @GET
  @Operation(operationId = "compareEffectivePolicies")
  @Path("effective/{employeeId}/comparison")
  @Parameter(
      name = "with",
      in = ParameterIn.QUERY,
      required = true,
      description = "Number of the other employee",
      schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "1"))
  public EffectivePolicyComparison compare(
      @PathParam("employeeId") EmployeeId employeeId,
      @QueryParam("with") @Nullable EmployeeId with) {
    if (with == null) {
      throw Refusal.malformed("with is missing.");
    }
    return queries.compare(employeeId, with);
  }

  /** What a version of a policy would do; changes nothing. */
  @POST
  @Operation(operationId = "previewPolicy")
  @Path("previews")
  @Consumes(MediaType.APPLICATION_JSON)
  public PolicyPreview preview(PreviewPolicy wanted) {
    return commands.preview(wanted);
  }
}
