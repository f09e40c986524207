package org.hikae.drill.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.drill.boundary.RecoveryProofCommands;
import org.hikae.drill.wire.RecoveryProof;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Recovery proofs of the calling device (spec HK1-R-18). */
@Path("v1/device/recovery-proofs")
public class RecoveryProofsResource {

  @Inject private RecoveryProofCommands commands;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Shows that a sample was opened, or that the password was typed; one of a kind an hour. */
  @POST
  @Operation(operationId = "sendRecoveryProof")
  @APIResponse(responseCode = "204", description = "The proof is kept, or a later one is already")
  @Refuses({
    ProblemCode.BAD_SIGNATURE,
    ProblemCode.NOT_OPTED_IN,
    ProblemCode.NOT_FOUND,
    ProblemCode.TOO_MANY_REQUESTS
  })
  @Consumes(MediaType.APPLICATION_JSON)
  @MaxBody(RecoveryProof.MAX_BYTES)
  public void send(RecoveryProof proof) {
    commands.send(session, proof);
  }
}
