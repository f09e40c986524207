package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.hikae.problem.rest.QueryNumbers;
import org.hikae.rollout.boundary.CampaignDesk;
import org.hikae.rollout.boundary.CampaignView;

/** Lets a campaign run, wait, or end; 409 where its state does not allow that. */
@Path("v1/admin/rollout/campaigns/{campaignId}")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignActionsResource {

  @Inject private CampaignDesk desk;

  /** Lets a draft invite. */
  @POST
  @Path("start")
  public CampaignView start(@PathParam("campaignId") String campaignId) {
    return desk.start(id(campaignId));
  }

  /** Stops inviting until it is resumed. */
  @POST
  @Path("pause")
  public CampaignView pause(@PathParam("campaignId") String campaignId) {
    return desk.pause(id(campaignId));
  }

  /** Lets a paused or halted campaign go on. */
  @POST
  @Path("resume")
  public CampaignView resume(@PathParam("campaignId") String campaignId) {
    return desk.resume(id(campaignId));
  }

  /** Ends it; its invitations stand. */
  @POST
  @Path("complete")
  public CampaignView complete(@PathParam("campaignId") String campaignId) {
    return desk.complete(id(campaignId));
  }

  /** Ends it and takes the offer back from those who have not opted in. */
  @POST
  @Path("cancel")
  public CampaignView cancel(@PathParam("campaignId") String campaignId) {
    return desk.cancel(id(campaignId));
  }

  private static long id(String campaignId) {
    return QueryNumbers.id("campaignId", campaignId);
  }
}
