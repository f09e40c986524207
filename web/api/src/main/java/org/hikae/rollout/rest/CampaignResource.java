package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.rest.EntityTags;
import org.hikae.identity.value.EmployeeId;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.GateReadingId;
import org.hikae.rollout.view.AudiencePreview;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.GateReadingPage;
import org.hikae.rollout.view.PreviewAudience;
import org.hikae.rollout.view.PutCampaign;
import org.jspecify.annotations.Nullable;

/** One campaign; its actions answer 409 where its state does not allow them. */
@Path("v1/admin/rollout/campaigns/{campaignId}")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignResource {

  @Inject private CampaignQueries queries;
  @Inject private CampaignCommands commands;

  /** A campaign with its waves; the entity tag is its edition. */
  @GET
  @Operation(operationId = "getCampaign")
  @APIResponse(
      responseCode = "200",
      description = "The campaign",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response get(@PathParam("campaignId") CampaignId campaignId) {
    return answer(queries.campaign(campaignId));
  }

  /** Changes a campaign's name, description and gates. */
  @PUT
  @Operation(operationId = "editCampaign")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The campaign",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response edit(
      @PathParam("campaignId") CampaignId campaignId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutCampaign wanted) {
    return answer(commands.edit(campaignId, EntityTags.parse(ifMatch), wanted));
  }

  /** Who would be in a wave; saves nothing. */
  @POST
  @Operation(operationId = "previewAudience")
  @Path("previews")
  @Consumes(MediaType.APPLICATION_JSON)
  public AudiencePreview preview(
      @PathParam("campaignId") CampaignId campaignId,
      @QueryParam("after") @Nullable EmployeeId after,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(CampaignQueries.MAX_PAGE)
          PageRequest limit,
      PreviewAudience wanted) {
    return queries.preview(campaignId, wanted, after, limit);
  }

  /** What a campaign's gates saw, newest first. */
  @GET
  @Operation(operationId = "listGateReadings")
  @Path("gate-readings")
  public GateReadingPage readings(
      @PathParam("campaignId") CampaignId campaignId,
      @QueryParam("before") @Nullable GateReadingId before,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(CampaignQueries.MAX_PAGE)
          PageRequest limit) {
    return queries.readings(campaignId, before, limit);
  }

  /** Starts a campaign: lets a draft invite. */
  @POST
  @Operation(operationId = "startCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("start")
  public CampaignView start(@PathParam("campaignId") CampaignId campaignId) {
    return commands.start(campaignId);
  }

  /** Pauses a campaign: stops inviting until it is resumed. */
  @POST
  @Operation(operationId = "pauseCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("pause")
  public CampaignView pause(@PathParam("campaignId") CampaignId campaignId) {
    return commands.pause(campaignId);
  }

  /** Lets a paused or halted campaign go on. */
  @POST
  @Operation(operationId = "resumeCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("resume")
  public CampaignView resume(@PathParam("campaignId") CampaignId campaignId) {
    return commands.resume(campaignId);
  }

  /** Completes a campaign: ends it; its invitations stand. */
  @POST
  @Operation(operationId = "completeCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("complete")
  public CampaignView complete(@PathParam("campaignId") CampaignId campaignId) {
    return commands.complete(campaignId);
  }

  /** Cancels a campaign: ends it and takes the offer back from those who have not opted in. */
  @POST
  @Operation(operationId = "cancelCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("cancel")
  public CampaignView cancel(@PathParam("campaignId") CampaignId campaignId) {
    return commands.cancel(campaignId);
  }

  private static Response answer(CampaignView campaign) {
    return Response.ok(campaign).tag(EntityTags.tag(campaign.edition())).build();
  }
}
