package org.hikae.enrollment.transfer.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.enrollment.transfer.boundary.KeyTransferCommands;
import org.hikae.enrollment.transfer.boundary.KeyTransferQueries;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A new device gets K from another one of its employee. */
@Path("v1/device/transfers")
@Produces(MediaType.APPLICATION_JSON)
public class KeyTransfersResource {

  @Inject private KeyTransferCommands commands;
  @Inject private KeyTransferQueries queries;
  @Context private HttpServletRequest request;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** What other devices of the employee ask for now, without their messages. */
  @GET
  @Operation(operationId = "listKeyTransfers")
  public List<KeyTransferView> list() {
    return queries.list(session);
  }

  /** Asks for the key of the set; what this device asked for before is over. */
  @PUT
  @Operation(operationId = "openKeyTransfer")
  @Refuses({
    ProblemCode.REAUTHENTICATE,
    ProblemCode.NOT_OPTED_IN,
    ProblemCode.CONFLICT,
    ProblemCode.TOO_MANY_REQUESTS
  })
  @Path("{transferId}")
  @Consumes(MediaType.APPLICATION_JSON)
  public void open(@PathParam("transferId") String transferId, OpenKeyTransfer asked) {
    commands.open(session, transferId, asked, request.getRemoteAddr());
  }

  /** A transfer with its messages, for the two devices and for those that may still answer. */
  @GET
  @Operation(operationId = "getKeyTransfer")
  @Path("{transferId}")
  public KeyTransferView get(@PathParam("transferId") String transferId) {
    return queries.get(session, transferId);
  }

  /** Tells the other device something; the same again is success. */
  @POST
  @Operation(operationId = "sayInKeyTransfer")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.CONFLICT})
  @Path("{transferId}/messages")
  @Consumes(MediaType.APPLICATION_JSON)
  public void say(@PathParam("transferId") String transferId, KeyTransferMessage message) {
    commands.say(session, transferId, message);
  }
}
