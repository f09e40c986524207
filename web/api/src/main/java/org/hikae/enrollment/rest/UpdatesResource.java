package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.hikae.enrollment.distribution.boundary.UpdateQueries;

/**
 * Updates of the agent as the signers made them: signed files, and packages in parts. Nothing of it
 * is the portal's word, so it takes no token.
 */
@Path("public/updates")
@SecurityRequirements
public class UpdatesResource {

  private static final String TEXT = "text/plain;charset=utf-8";

  @Inject private UpdateQueries updates;

  /** A signed file: the newest timestamp, a list of packages, or a root. */
  @GET
  @Operation(operationId = "getUpdateFile")
  @Path("{file}")
  @Produces(TEXT)
  @APIResponse(
      responseCode = "200",
      description = "A signed note of C2SP",
      content = @Content(mediaType = TEXT, schema = @Schema(type = SchemaType.STRING)))
  public Response file(
      @Parameter(description = "timestamp, or a version with .targets or .root") @PathParam("file")
          String file) {
    return Response.ok(updates.file(file), TEXT).build();
  }

  /** A part of a package, of 1 MiB but for the last one. */
  @GET
  @Operation(operationId = "getUpdatePart")
  @Path("packages/{fileName}/{part}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @APIResponse(
      responseCode = "200",
      description = "The bytes of the part",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response part(
      @Parameter(description = "Name of the package's file") @PathParam("fileName") String fileName,
      @Parameter(description = "Number of the part, from 0") @PathParam("part") String part) {
    return Response.ok(updates.part(fileName, part), MediaType.APPLICATION_OCTET_STREAM).build();
  }
}
