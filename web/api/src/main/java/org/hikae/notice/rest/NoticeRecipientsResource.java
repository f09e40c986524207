package org.hikae.notice.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.http.rest.EntityTags;
import org.hikae.notice.boundary.RecipientCommands;
import org.hikae.notice.value.RecipientId;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.view.PutRecipientResult;
import org.hikae.notice.view.RecipientView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Who hears what. */
@Path("v1/admin/notice-recipients")
@Produces(MediaType.APPLICATION_JSON)
public class NoticeRecipientsResource {

  @Inject private RecipientCommands commands;

  /** All recipients of notices, in the order they were made. */
  @GET
  @Operation(operationId = "listNoticeRecipients")
  public List<RecipientView> list() {
    return commands.list();
  }

  /** Makes a recipient of notices. */
  @POST
  @Operation(operationId = "createNoticeRecipient")
  @Refuses(ProblemCode.CONFLICT)
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The recipient",
      content = @Content(schema = @Schema(implementation = RecipientView.class)))
  public Response create(PutRecipient wanted) {
    return answer(201, commands.create(wanted));
  }

  /** Changes a recipient of notices; what is critical stays heard until a second one agrees. */
  @PUT
  @Operation(operationId = "editNoticeRecipient")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Path("{recipientId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "The recipient",
      content = @Content(schema = @Schema(implementation = RecipientView.class)))
  @APIResponse(
      responseCode = "202",
      description =
          "Somebody would hear less of what is critical; waits for a second administrator",
      content = @Content(schema = @Schema(ref = "ApprovalView")))
  public Response edit(
      @PathParam("recipientId") RecipientId recipientId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      PutRecipient wanted) {
    return switch (commands.edit(recipientId, EntityTags.given(ifMatch), wanted)) {
      case PutRecipientResult.Made made -> answer(200, made.recipient());
      case PutRecipientResult.Waits waits -> Response.status(202).entity(waits.approval()).build();
    };
  }

  /** Removes a recipient of notices, and what waits for it. */
  @DELETE
  @Operation(operationId = "removeNoticeRecipient")
  @Refuses({ProblemCode.EDITED_MEANWHILE, ProblemCode.CONFLICT})
  @Path("{recipientId}")
  @APIResponse(responseCode = "204", description = "It is gone")
  @APIResponse(
      responseCode = "202",
      description =
          "Somebody would hear less of what is critical; waits for a second administrator",
      content = @Content(schema = @Schema(ref = "ApprovalView")))
  public Response remove(
      @PathParam("recipientId") RecipientId recipientId,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    return switch (commands.remove(recipientId, EntityTags.given(ifMatch))) {
      case PutRecipientResult.Made _ -> Response.noContent().build();
      case PutRecipientResult.Waits waits -> Response.status(202).entity(waits.approval()).build();
    };
  }

  private static Response answer(int status, RecipientView recipient) {
    return Response.status(status)
        .tag(EntityTags.tag(recipient.edition()))
        .entity(recipient)
        .build();
  }
}
