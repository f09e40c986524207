package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryConstants;
import org.hikae.http.rest.EntityTags;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.CampaignState;
import org.hikae.rollout.view.CampaignPage;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.PutCampaign;
import org.jspecify.annotations.Nullable;

/** All campaigns. */
@Path("v1/admin/rollout/campaigns")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignsResource {

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;

  /** Campaigns, newest first. */
  @GET
  @Operation(operationId = "listCampaigns")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "Only those in this state",
      schema =
          @Schema(enumeration = {"DRAFT", "RUNNING", "PAUSED", "HALTED", "COMPLETED", "CANCELLED"}))
  public CampaignPage list(
      @QueryParam("before") @Nullable CampaignId before,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(CampaignQueries.MAX_PAGE)
          PageRequest limit) {
    return queries.list(before, QueryConstants.of("state", CampaignState.class, state), limit);
  }

  /** Makes a campaign, as a draft. */
  @POST
  @Operation(operationId = "createCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The draft",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response create(PutCampaign wanted) {
    CampaignView made = commands.create(wanted);
    return Response.status(201).tag(EntityTags.tag(made.edition())).entity(made).build();
  }
}
