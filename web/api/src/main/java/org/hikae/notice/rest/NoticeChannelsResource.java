package org.hikae.notice.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.http.rest.EntityTags;
import org.hikae.notice.boundary.ChannelSettingsCommands;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelSettingsView;
import org.hikae.notice.view.PutChannel;
import org.hikae.notice.view.PutChannelResult;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Where mail and webhook lead. */
@Path("v1/admin/notice-channels/{channel}")
@Produces(MediaType.APPLICATION_JSON)
public class NoticeChannelsResource {

  private static final String CHANNEL = "MAIL or WEBHOOK";

  @Inject private ChannelSettingsCommands commands;

  /** Where a channel leads, without password, secret and the path of the webhook's address. */
  @GET
  @Operation(operationId = "getNoticeChannel")
  @APIResponse(
      responseCode = "200",
      description = "The settings",
      content = @Content(schema = @Schema(implementation = ChannelSettingsView.class)))
  public Response settings(@Parameter(description = CHANNEL) @PathParam("channel") String channel) {
    return answer(commands.settings(named(channel)));
  }

  /** Enters where a channel leads; refused while the environment says so. */
  @PUT
  @Operation(operationId = "putNoticeChannel")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The settings",
      content = @Content(schema = @Schema(implementation = ChannelSettingsView.class)))
  @APIResponse(
      responseCode = "202",
      description = "The channel has worked; waits for a second administrator",
      content = @Content(schema = @Schema(ref = "ApprovalView")))
  public Response put(
      @Parameter(description = CHANNEL) @PathParam("channel") String channel,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutChannel put) {
    return switch (commands.put(named(channel), EntityTags.given(ifMatch), put)) {
      case PutChannelResult.Made made -> answer(made.settings());
      case PutChannelResult.Waits waits -> Response.status(202).entity(waits.approval()).build();
    };
  }

  /** Removes what was entered for a channel; refused while the environment says where it leads. */
  @DELETE
  @Operation(operationId = "removeNoticeChannel")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @APIResponse(responseCode = "204", description = "It leads nowhere")
  @APIResponse(
      responseCode = "202",
      description = "The channel has worked; waits for a second administrator",
      content = @Content(schema = @Schema(ref = "ApprovalView")))
  public Response remove(
      @Parameter(description = CHANNEL) @PathParam("channel") String channel,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return switch (commands.remove(named(channel), EntityTags.given(ifMatch))) {
      case PutChannelResult.Made _ -> Response.noContent().build();
      case PutChannelResult.Waits waits -> Response.status(202).entity(waits.approval()).build();
    };
  }

  private static NoticeChannel named(String channel) {
    return Arrays.stream(NoticeChannel.values())
        .filter(known -> known.name().equals(channel))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  private static Response answer(ChannelSettingsView settings) {
    return Response.ok(settings).tag(EntityTags.tag(settings.edition())).build();
  }
}
