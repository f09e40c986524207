package org.hikae.rollout.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.boundary.OfferCommands;
import org.hikae.rollout.view.OfferView;

/** Who is offered the backup: {@code *} for everyone, or a group path without its first slash. */
@Path("v1/admin/rollout/offers")
@Produces(MediaType.APPLICATION_JSON)
public class OffersResource {

  @Inject private OfferCommands commands;

  /** All offers of the backup. */
  @GET
  @Operation(operationId = "listOffers")
  public List<OfferView> list() {
    return commands.list();
  }

  /** Offers the backup to a group. */
  @PUT
  @Operation(operationId = "makeOffer")
  @Refuses({ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.BUSY})
  @Path("{group:.+}")
  @APIResponse(
      responseCode = "200",
      description = "It stood before",
      content = @Content(schema = @Schema(implementation = OfferView.class)))
  @APIResponse(
      responseCode = "201",
      description = "The offer stands now",
      content = @Content(schema = @Schema(implementation = OfferView.class)))
  public Response offer(@PathParam("group") String group) {
    OfferCommands.OfferResult made = commands.offer(path(group));
    return Response.status(made.created() ? 201 : 200).entity(made.offer()).build();
  }

  /** Takes the offer of the backup back from a group. */
  @DELETE
  @Operation(operationId = "takeBackOffer")
  @Refuses(ProblemCode.NOT_FOUND)
  @Path("{group:.+}")
  public void takeBack(@PathParam("group") String group) {
    commands.takeBack(path(group));
  }

  private static String path(String group) {
    return group.equals("*") ? group : "/" + group;
  }
}
