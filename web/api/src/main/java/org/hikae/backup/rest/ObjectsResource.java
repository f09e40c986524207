package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.backup.boundary.MissingObjectQueries;
import org.hikae.backup.boundary.ObjectDownloads;
import org.hikae.backup.boundary.ObjectUploads;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.backup.wire.MissingAnswer;
import org.hikae.backup.wire.MissingQuery;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.hk1.Hk1Constants;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Objects of the employee whose device calls (spec HK1-S-01, HK1-S-02). */
@Path("v1/device/objects")
public class ObjectsResource {

  @Inject private ObjectUploads uploads;
  @Inject private ObjectDownloads downloads;
  @Inject private MissingObjectQueries missingObjects;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Which of these objects are not stored. */
  @POST
  @Operation(operationId = "findMissingObjects")
  @Refuses(ProblemCode.NOT_OPTED_IN)
  @Path("missing")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public MissingAnswer missing(MissingQuery query) {
    return missingObjects.of(session, query);
  }

  /** Stores an object; the same again is success. */
  @PUT
  @Operation(operationId = "putObject")
  @APIResponse(responseCode = "201", description = "The object is stored")
  @APIResponse(responseCode = "200", description = "It was stored before")
  @Refuses({
    ProblemCode.NAME_MISMATCH,
    ProblemCode.TRUNCATED,
    ProblemCode.NOT_OPTED_IN,
    ProblemCode.CONSENT_REQUIRED,
    ProblemCode.AGENT_OUTDATED,
    ProblemCode.QUOTA_EXCEEDED,
    ProblemCode.BUSY
  })
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  @MaxBody(Hk1Constants.MAX_OBJECT_BYTES)
  public Response put(
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @DefaultValue("-1") long length,
      InputStream body) {
    boolean stored = uploads.receive(session, name, length, body);
    return Response.status(stored ? Response.Status.CREATED : Response.Status.OK).build();
  }

  /** Length of an object. */
  @HEAD
  @Operation(operationId = "headObject")
  @APIResponse(
      responseCode = "200",
      description = "There is such an object; Content-Length is its length")
  @Path("{name}")
  public Response head(@PathParam("name") String name) {
    return Response.ok()
        .type(MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CONTENT_LENGTH, downloads.size(session, name))
        .header("Accept-Ranges", "bytes")
        .tag(name)
        .build();
  }

  /** An object, or the one range of it that was asked for. */
  @GET
  @Operation(operationId = "getObject")
  @APIResponse(
      responseCode = "200",
      description = "The object",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(
      responseCode = "206",
      description = "The range that was asked for",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @Refuses({ProblemCode.RANGE_NOT_SATISFIABLE, ProblemCode.BUSY})
  @Path("{name}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public Response get(
      @PathParam("name") String name, @HeaderParam("Range") @Nullable String range) {
    ObjectDownload download = downloads.open(session, name, range);
    StreamingOutput body = download.body()::writeTo;
    Response.ResponseBuilder answer =
        Response.status(download.partial() ? Response.Status.PARTIAL_CONTENT : Response.Status.OK)
            .entity(body)
            .type(MediaType.APPLICATION_OCTET_STREAM)
            .header(HttpHeaders.CONTENT_LENGTH, download.length())
            .header("Accept-Ranges", "bytes")
            .tag(name);
    if (download.partial()) {
      answer.header("Content-Range", contentRange(download));
    }
    return answer.build();
  }

  private static String contentRange(ObjectDownload download) {
    long last = download.offset() + download.length() - 1;
    return "bytes " + download.offset() + "-" + last + "/" + download.size();
  }
}
