package org.hikae.vault.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.hk1.Hk1Constants;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.vault.boundary.VaultRelay;
import org.jspecify.annotations.Nullable;

/** Carries sealed bytes between a device and the vault. */
@Path("v1/device/vault")
@Produces(MediaType.APPLICATION_OCTET_STREAM)
public class VaultResource {

  @Inject private VaultRelay relay;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** The vault's signed card. */
  @GET
  @Operation(operationId = "getVaultCard")
  @Refuses(ProblemCode.VAULT_UNAVAILABLE)
  @Path("card")
  public byte[] card() {
    return relay.card(session);
  }

  /** One sealed message and its sealed reply. */
  @POST
  @Operation(operationId = "sendVaultMessage")
  @Refuses({ProblemCode.VAULT_UNAVAILABLE, ProblemCode.TOO_MANY_REQUESTS})
  @Path("messages")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @MaxBody(Hk1Constants.MAX_VAULT_MESSAGE_BYTES)
  public byte[] message(byte[] envelope) {
    return relay.message(session, envelope);
  }
}
