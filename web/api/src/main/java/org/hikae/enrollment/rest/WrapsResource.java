package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.enrollment.boundary.WrapCommands;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The protections of K. */
@Path("v1/device/wraps")
@Produces(MediaType.APPLICATION_JSON)
public class WrapsResource {

  @Inject private WrapCommands wraps;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** The wraps of the current set, with their bytes. */
  @GET
  @Operation(operationId = "listWraps")
  public List<WrapView> list() {
    return wraps.list(session);
  }

  /** Files a wrap. */
  @PUT
  @Operation(operationId = "putWrap")
  @Refuses({ProblemCode.KEY_METHOD_NOT_ALLOWED, ProblemCode.KEY_ROTATED, ProblemCode.CONFLICT})
  @Path("{wrapId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "200",
      description = "It was filed before",
      content = @Content(schema = @Schema(implementation = WrapView.class)))
  @APIResponse(
      responseCode = "201",
      description = "The wrap is filed",
      content = @Content(schema = @Schema(implementation = WrapView.class)))
  public Response put(@PathParam("wrapId") String wrapId, PutWrap request) {
    WrapCommands.FiledWrap filed = wraps.put(session, wrapId, request);
    return Response.status(filed.created() ? 201 : 200).entity(filed.wrap()).build();
  }

  /** Stops serving a wrap; the last one only when {@code last} is true. */
  @DELETE
  @Operation(operationId = "revokeWrap")
  @Refuses({
    ProblemCode.REAUTHENTICATE,
    ProblemCode.LAST_WRAP,
    ProblemCode.LEGAL_HOLD,
    ProblemCode.CONFLICT
  })
  @Path("{wrapId}")
  public void revoke(
      @PathParam("wrapId") String wrapId, @QueryParam("last") @Nullable String last) {
    wraps.revoke(session, wrapId, "true".equals(last));
  }
}
