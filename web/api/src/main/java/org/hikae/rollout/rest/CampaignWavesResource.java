package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.http.rest.EntityTags;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.CampaignCommands;
import org.hikae.rollout.boundary.WaveListImport;
import org.hikae.rollout.value.CampaignId;
import org.hikae.rollout.value.WaveId;
import org.hikae.rollout.view.CampaignView;
import org.hikae.rollout.view.PutWave;
import org.hikae.rollout.view.StartWave;
import org.hikae.rollout.view.WaveListReport;
import org.jspecify.annotations.Nullable;

/** The waves of a campaign. Each answer is the whole campaign. */
@Path("v1/admin/rollout/campaigns/{campaignId}/waves")
@Produces(MediaType.APPLICATION_JSON)
public class CampaignWavesResource {

  @Inject private CampaignCommands commands;
  @Inject private WaveListImport lists;

  /** Adds a wave to a campaign, behind the others. */
  @POST
  @Operation(operationId = "addWave")
  @Refuses(ProblemCode.CONFLICT)
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The campaign",
      content = @Content(schema = @Schema(implementation = CampaignView.class)))
  public Response add(@PathParam("campaignId") CampaignId campaignId, PutWave wanted) {
    CampaignView campaign = commands.addWave(campaignId, wanted);
    return Response.status(201).tag(EntityTags.tag(campaign.edition())).entity(campaign).build();
  }

  /** Changes a wave; those it has invited stay so. */
  @PUT
  @Operation(operationId = "editWave")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Path("{waveId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public CampaignView edit(
      @PathParam("campaignId") CampaignId campaignId,
      @PathParam("waveId") WaveId waveId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutWave wanted) {
    return commands.editWave(campaignId, waveId, EntityTags.parse(ifMatch), wanted);
  }

  /** Starts the next wave of a campaign that runs at once, whatever it waits for. */
  @POST
  @Operation(operationId = "startWave")
  @Refuses(ProblemCode.CONFLICT)
  @Path("{waveId}/start")
  @Consumes(MediaType.APPLICATION_JSON)
  public CampaignView start(
      @PathParam("campaignId") CampaignId campaignId,
      @PathParam("waveId") WaveId waveId,
      StartWave wanted) {
    return commands.startWave(campaignId, waveId, wanted);
  }

  /** Removes a wave that has not begun. */
  @DELETE
  @Operation(operationId = "removeWave")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Path("{waveId}")
  public CampaignView remove(
      @PathParam("campaignId") CampaignId campaignId,
      @PathParam("waveId") WaveId waveId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return commands.removeWave(campaignId, waveId, EntityTags.parse(ifMatch));
  }

  /** Imports the list of a wave, or with {@code dryRun=true} says what is wrong with it. */
  @PUT
  @Operation(operationId = "importWaveList")
  @Parameter(
      name = "column",
      in = ParameterIn.QUERY,
      description = "What names people; the first of these in the header when absent",
      schema = @Schema(enumeration = {"username", "email", "subject"}))
  @Refuses({ProblemCode.ROWS_REFUSED, ProblemCode.CONFLICT})
  @Path("{waveId}/list")
  @Consumes({"text/csv", MediaType.APPLICATION_OCTET_STREAM})
  @MaxBody(WaveListImport.MAX_BYTES)
  public WaveListReport list(
      @PathParam("campaignId") CampaignId campaignId,
      @PathParam("waveId") WaveId waveId,
      @QueryParam("column") @Nullable String column,
      @QueryParam("dryRun") @Nullable String dryRun,
      byte[] file) {
    return lists.take(campaignId, waveId, file, column, "true".equals(dryRun));
  }
}
