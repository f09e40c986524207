package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.http.rest.EntityTags;
import org.hikae.openapi.rest.PageLimit;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.CampaignQueries;
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

  private static final int DEFAULT_LIMIT = 50;

  @Inject private CampaignQueries board;
  @Inject private CampaignCommands desk;

  /** A campaign with its waves; the entity tag is its edition. */
  @GET
  @Operation(operationId = "getCampaign")
  @APIResponse(
      responseCode = "200",
      description = "The campaign",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response get(@PathParam("campaignId") String campaignId) {
    return answer(board.campaign(id(campaignId)));
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
      @PathParam("campaignId") String campaignId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutCampaign wanted) {
    return answer(desk.edit(id(campaignId), EntityTags.parse(ifMatch), wanted));
  }

  /** Who would be in a wave; saves nothing. */
  @POST
  @Operation(operationId = "previewAudience")
  @PageLimit(max = CampaignQueries.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  @Path("previews")
  @Consumes(MediaType.APPLICATION_JSON)
  public AudiencePreview preview(
      @PathParam("campaignId") String campaignId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit,
      PreviewAudience wanted) {
    return board.preview(id(campaignId), wanted, QueryNumbers.cursor("after", after), limit(limit));
  }

  /** What a campaign's gates saw, newest first. */
  @GET
  @Operation(operationId = "listGateReadings")
  @PageLimit(max = CampaignQueries.MAX_PAGE, otherwise = DEFAULT_LIMIT)
  @Path("gate-readings")
  public GateReadingPage readings(
      @PathParam("campaignId") String campaignId,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    return board.readings(id(campaignId), QueryNumbers.cursor("before", before), limit(limit));
  }

  /** Starts a campaign: lets a draft invite. */
  @POST
  @Operation(operationId = "startCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("start")
  public CampaignView start(@PathParam("campaignId") String campaignId) {
    return desk.start(id(campaignId));
  }

  /** Pauses a campaign: stops inviting until it is resumed. */
  @POST
  @Operation(operationId = "pauseCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("pause")
  public CampaignView pause(@PathParam("campaignId") String campaignId) {
    return desk.pause(id(campaignId));
  }

  /** Lets a paused or halted campaign go on. */
  @POST
  @Operation(operationId = "resumeCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("resume")
  public CampaignView resume(@PathParam("campaignId") String campaignId) {
    return desk.resume(id(campaignId));
  }

  /** Completes a campaign: ends it; its invitations stand. */
  @POST
  @Operation(operationId = "completeCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("complete")
  public CampaignView complete(@PathParam("campaignId") String campaignId) {
    return desk.complete(id(campaignId));
  }

  /** Cancels a campaign: ends it and takes the offer back from those who have not opted in. */
  @POST
  @Operation(operationId = "cancelCampaign")
  @Refuses(ProblemCode.CONFLICT)
  @Path("cancel")
  public CampaignView cancel(@PathParam("campaignId") String campaignId) {
    return desk.cancel(id(campaignId));
  }

  private static long id(String campaignId) {
    return QueryNumbers.id("campaignId", campaignId);
  }

  private static int limit(@Nullable String limit) {
    return QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, CampaignQueries.MAX_PAGE);
  }

  private static Response answer(CampaignView campaign) {
    return Response.ok(campaign).tag(EntityTags.tag(campaign.edition())).build();
  }
}
