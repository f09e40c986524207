package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.insight.boundary.CampaignFunnelQueries;
import org.hikae.insight.view.CampaignFunnel;
import org.hikae.rollout.value.CampaignId;

/** How far the people of a campaign have come. */
@Path("v1/admin/rollout/campaigns/{campaignId}/funnel")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignFunnelResource {

  @Inject private CampaignFunnelQueries funnelQueries;

  /** How far the people of each wave have come. */
  @GET
  @Operation(operationId = "getCampaignFunnel")
  public CampaignFunnel funnel(@PathParam("campaignId") CampaignId campaignId) {
    return funnelQueries.funnel(campaignId);
  }
}
