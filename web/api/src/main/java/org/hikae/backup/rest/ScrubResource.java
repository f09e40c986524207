package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.backup.maintenance.boundary.ScrubCommands;
import org.hikae.backup.view.ScrubView;

/** Reading stored objects again to find rot. */
@Path("v1/admin/scrub")
@Produces(MediaType.APPLICATION_JSON)
public class ScrubResource {

  @Inject private ScrubCommands commands;

  /** How reading stored objects again stands. */
  @GET
  @Operation(operationId = "getScrub")
  public ScrubView state() {
    return commands.state();
  }

  /** Starts to read stored objects again now, beside this call. */
  @POST
  @Operation(operationId = "startScrub")
  @APIResponse(responseCode = "202", description = "A run goes on or was started")
  public Response start() {
    commands.start();
    return Response.accepted().build();
  }
}
