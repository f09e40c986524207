package org.hikae.backup.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.restic.boundary.ResticDeletions;
import org.hikae.backup.restic.boundary.ResticDownloads;
import org.hikae.backup.restic.boundary.ResticQueries;
import org.hikae.backup.restic.boundary.ResticUploads;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.http.rest.MaxBody;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The REST protocol of restic, versions 1 and 2, for unmodified clients (docs/spec/restic.md). It
 * is theirs and not ours: therefore it is not in the OpenAPI document. Success is 200 and nothing
 * else, types of answers have no charset, and every answer to HEAD has its length.
 *
 * <p>One for all requests, because restic asks often for little: in a profile, making one each time
 * was in a tenth of the samples.
 */
@ApplicationScoped
@Path("restic/{repository}")
public class ResticResource {

  private static final String FOLDER = "{type:data|index|keys|locks|snapshots}";
  private static final String OBJECT = FOLDER + "/{name}";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

  @Inject private ResticQueries resticQueries;
  @Inject private ResticDownloads downloads;
  @Inject private ResticUploads uploads;
  @Inject private ResticDeletions deletions;

  // Those of the request that the thread answers.
  @Context private HttpHeaders headers;
  @Context private UriInfo uri;

  /** Makes the repository, which is there already. */
  @POST
  @Operation(hidden = true)
  public Response create(@QueryParam("create") @Nullable String create) {
    resticQueries.admit(request());
    if (!"true".equals(create)) {
      throw Refusal.malformed("create must be true.");
    }
    return Response.ok().build();
  }

  /**
   * Names of all objects of a type, in version 2 with their lengths. With a place, which restic
   * never gives, only a page of them from there on, and each with its place.
   */
  @GET
  @Operation(hidden = true)
  @Path(FOLDER)
  public Response list(
      @PathParam("type") String type,
      @HeaderParam(HttpHeaders.ACCEPT) @Nullable String accept,
      @QueryParam("after") @Nullable String after) {
    Long place =
        after == null
            ? null
            : (Long) QueryNumbers.longBetween("after", after, 0, 0, Long.MAX_VALUE);
    ResticRequest request = request();
    ResticType asked = typeOf(type);
    ResticList list =
        ResticList.of(accept, place, from -> resticQueries.list(request, asked, from));
    return Response.ok((StreamingOutput) list::writeTo, list.mediaType()).build();
  }

  /** Not offered: a list has no length before it is made. */
  @HEAD
  @Operation(hidden = true)
  @Path(FOLDER)
  public Response headList() {
    return Response.status(Response.Status.METHOD_NOT_ALLOWED).allow("GET").build();
  }

  /** Length of an object. */
  @HEAD
  @Operation(hidden = true)
  @Path(OBJECT)
  public Response head(@PathParam("type") String type, @PathParam("name") String name) {
    return ResticBodies.length(resticQueries.size(request(), typeOf(type), nameOf(name)));
  }

  /** An object, or the one range of it that was asked for. */
  @GET
  @Operation(hidden = true)
  @Path(OBJECT)
  public Response get(
      @PathParam("type") String type,
      @PathParam("name") String name,
      @HeaderParam("Range") @Nullable String range) {
    ObjectDownload download = downloads.open(request(), typeOf(type), nameOf(name), range);
    return ResticBodies.bytes(download);
  }

  /** Stores an object whose name is the SHA-256 of its bytes; nothing is ever overwritten. */
  @POST
  @Operation(hidden = true)
  @Path(OBJECT)
  @MaxBody(ResticType.MAX_OBJECT_BYTES)
  public Response put(
      @PathParam("type") String type,
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length,
      InputStream body) {
    uploads.receive(request(), typeOf(type), nameOf(name), ResticBodies.sent(length, body));
    return Response.ok().build();
  }

  /** Deletes a lock, and releases anything else; also success when there is no such object. */
  @DELETE
  @Operation(hidden = true)
  @Path(OBJECT)
  public Response delete(@PathParam("type") String type, @PathParam("name") String name) {
    deletions.delete(request(), typeOf(type), nameOf(name));
    return Response.ok().build();
  }

  private ResticRequest request() {
    return ResticRequestFactory.of(headers, uri);
  }

  private static ResticType typeOf(String folder) {
    return ResticType.ofFolder(folder).orElseThrow(Refusal::notFound);
  }

  /** What cannot be a name is no place of the protocol. */
  private static String nameOf(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Refusal.notFound();
    }
    return name;
  }
}
