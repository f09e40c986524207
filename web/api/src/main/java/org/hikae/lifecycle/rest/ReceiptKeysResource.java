package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.hikae.lifecycle.boundary.ReceiptKeyQueries;
import org.hikae.lifecycle.view.ReceiptKeySet;

/** By which keys anyone may check a receipt. */
@Path("public/receipt-keys")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirements
public class ReceiptKeysResource {

  @Inject private ReceiptKeyQueries keys;

  /** The keys, as JWKs, by which anyone may check a receipt of an erasure. */
  @GET
  @Operation(operationId = "getReceiptKeys")
  public ReceiptKeySet keys() {
    return keys.keys();
  }
}
