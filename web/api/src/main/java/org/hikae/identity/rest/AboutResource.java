package org.hikae.identity.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.hikae.enrollment.wire.About;
import org.hikae.identity.boundary.AboutQueries;

/** What anyone may ask. */
@Path("public/about")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirements
public class AboutResource {

  @Inject private AboutQueries queries;

  /** Where to sign in and with which client. */
  @GET
  @Operation(operationId = "getAbout")
  public About about() {
    return queries.about();
  }
}
