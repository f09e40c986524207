package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.insight.boundary.CampaignFunnelQueries;
import org.hikae.insight.view.CampaignFunnel;

/** How far the people of a campaign have come. */
@Path("v1/admin/rollout/campaigns/{campaignId}/funnel")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignFunnelResource {

  @Inject private CampaignFunnelQueries insight;

  /** How far the people of each wave have come. */
  @GET
  @Operation(operationId = "getCampaignFunnel")
  public CampaignFunnel funnel(@PathParam("campaignId") String campaignId) {
    return insight.funnel(QueryNumbers.id("campaignId", campaignId));
  }
}
