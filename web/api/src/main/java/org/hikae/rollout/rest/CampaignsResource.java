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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.problem.rest.Editions;
import org.hikae.problem.rest.QueryNumbers;
import org.hikae.rollout.boundary.AudiencePreview;
import org.hikae.rollout.boundary.CampaignBoard;
import org.hikae.rollout.boundary.CampaignDesk;
import org.hikae.rollout.boundary.CampaignPage;
import org.hikae.rollout.boundary.CampaignView;
import org.hikae.rollout.boundary.GateReadingPage;
import org.hikae.rollout.boundary.PreviewAudience;
import org.hikae.rollout.boundary.PutCampaign;
import org.jspecify.annotations.Nullable;

/** Campaigns: what they are called, what may halt them, and whom they would invite. */
@Path("v1/admin/rollout/campaigns")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignsResource {

  private static final int DEFAULT_LIMIT = 50;

  @Inject private CampaignBoard board;
  @Inject private CampaignDesk desk;

  /** Campaigns, newest first. */
  @GET
  public CampaignPage list(
      @QueryParam("before") @Nullable String before,
      @QueryParam("state") @Nullable String state,
      @QueryParam("limit") @Nullable String limit) {
    return board.list(QueryNumbers.cursor("before", before), state, limit(limit));
  }

  /** Makes a draft. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The draft",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response create(PutCampaign wanted) {
    CampaignView made = desk.create(wanted);
    return Response.status(201).tag(Editions.tag(made.edition())).entity(made).build();
  }

  /** A campaign with its waves; the entity tag is its edition. */
  @GET
  @Path("{campaignId}")
  @APIResponse(
      responseCode = "200",
      description = "The campaign",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response get(@PathParam("campaignId") String campaignId) {
    return answer(board.campaign(QueryNumbers.id("campaignId", campaignId)));
  }

  /** Changes name, description and gates. */
  @PUT
  @Path("{campaignId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The campaign; 412 with what stands and what was sent when it was changed",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response edit(
      @PathParam("campaignId") String campaignId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutCampaign wanted) {
    return answer(
        desk.edit(QueryNumbers.id("campaignId", campaignId), Editions.parse(ifMatch), wanted));
  }

  /** Who would be in a wave; saves nothing. */
  @POST
  @Path("{campaignId}/previews")
  @Consumes(MediaType.APPLICATION_JSON)
  public AudiencePreview preview(
      @PathParam("campaignId") String campaignId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @Nullable String limit,
      PreviewAudience wanted) {
    return board.preview(
        QueryNumbers.id("campaignId", campaignId),
        wanted,
        QueryNumbers.cursor("after", after),
        limit(limit));
  }

  /** What its gates saw, newest first. */
  @GET
  @Path("{campaignId}/gate-readings")
  public GateReadingPage readings(
      @PathParam("campaignId") String campaignId,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    return board.readings(
        QueryNumbers.id("campaignId", campaignId),
        QueryNumbers.cursor("before", before),
        limit(limit));
  }

  private static int limit(@Nullable String limit) {
    return QueryNumbers.between("limit", limit, DEFAULT_LIMIT, 1, CampaignBoard.MAX_PAGE);
  }

  private static Response answer(CampaignView campaign) {
    return Response.ok(campaign).tag(Editions.tag(campaign.edition())).build();
  }
}
