package org.hikae.transparency.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.transparency.boundary.TransparencyLogQueries;

/**
 * The transparency log, as C2SP tlog-tiles has it: a signed end, which changes, and tiles, which
 * never do. Its numbers have up to two parts of three digits: a million tiles.
 */
@Path("public/log")
@SecurityRequirements
public class TransparencyLogResource {

  private static final String TEXT = "text/plain;charset=utf-8";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  /** After a restore of the database the end of the log may be another one. */
  private static final String SHORTLY = "public, max-age=300";

  /** What the path of a tile has that is not full (C2SP tlog-tiles). */
  private static final String PARTIAL = ".p/";

  @Inject private TransparencyLogQueries log;

  /** The signed end of the log; none before its first entry. */
  @GET
  @Operation(operationId = "getLogCheckpoint")
  @Refuses({ProblemCode.NOT_FOUND, ProblemCode.BUSY})
  @Path("checkpoint")
  @Produces(TEXT)
  @APIResponse(
      responseCode = "200",
      description = "A signed note of C2SP",
      content = @Content(mediaType = TEXT, schema = @Schema(type = SchemaType.STRING)))
  public Response checkpoint() {
    return Response.ok(log.checkpoint(), TEXT).build();
  }

  /** The key of the log, as C2SP signed-note writes it; none before its first entry. */
  @GET
  @Operation(operationId = "getLogKey")
  @Refuses(ProblemCode.NOT_FOUND)
  @Path("key")
  @Produces(TEXT)
  @APIResponse(
      responseCode = "200",
      description = "Name, number and public key",
      content = @Content(mediaType = TEXT, schema = @Schema(type = SchemaType.STRING)))
  public Response key() {
    return Response.ok(log.key(), TEXT).build();
  }

  /** A full tile of hashes, or of entries, with a number below 1000. */
  @GET
  @Operation(operationId = "getLogTile")
  @Path("tile/{level}/{number}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @APIResponse(
      responseCode = "200",
      description = "The bytes of the tile",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response fullTile(@PathParam("level") String level, @PathParam("number") String number) {
    return tile(level + "/" + number);
  }

  /** A part of a tile with a number below 1000, or a full one with a number below a million. */
  @GET
  @Operation(operationId = "getLogTileOfTwoParts")
  @Path("tile/{level}/{first}/{second}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @APIResponse(
      responseCode = "200",
      description = "The bytes of the tile",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response tileOfTwoParts(
      @PathParam("level") String level,
      @PathParam("first") String first,
      @PathParam("second") String second) {
    return tile(level + "/" + first + "/" + second);
  }

  /** A part of a tile with a number below a million. */
  @GET
  @Operation(operationId = "getLogTileOfThreeParts")
  @Path("tile/{level}/{first}/{second}/{third}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @APIResponse(
      responseCode = "200",
      description = "The bytes of the tile",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response tileOfThreeParts(
      @PathParam("level") String level,
      @PathParam("first") String first,
      @PathParam("second") String second,
      @PathParam("third") String third) {
    return tile(level + "/" + first + "/" + second + "/" + third);
  }

  private Response tile(String path) {
    return Response.ok(log.tile("tile/" + path), MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, cacheControl(path))
        .build();
  }

  /** How long others may keep a tile that there is. */
  static String cacheControl(String path) {
    return path.contains(PARTIAL) ? SHORTLY : FOREVER;
  }
}
