package org.hikae.backup.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.restic.boundary.ResticDeletions;
import org.hikae.backup.restic.boundary.ResticDownloads;
import org.hikae.backup.restic.boundary.ResticQueries;
import org.hikae.backup.restic.boundary.ResticUploads;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.view.ResticRequest;
import org.jspecify.annotations.Nullable;

/** The one file of a restic repository that has no hash for a name; see {@link ResticResource}. */
@ApplicationScoped
@Path("restic/{repository}/config")
public class ResticConfigResource {

  @Inject private ResticQueries resticQueries;
  @Inject private ResticDownloads downloads;
  @Inject private ResticUploads uploads;
  @Inject private ResticDeletions deletions;

  // Those of the request that the thread answers.
  @Context private HttpHeaders headers;
  @Context private UriInfo uri;

  /** Length of the config. */
  @HEAD
  @Operation(hidden = true)
  public Response head() {
    return ResticBodies.length(resticQueries.size(request(), ResticType.CONFIG, null));
  }

  /** The config. */
  @GET
  @Operation(hidden = true)
  public Response get(@HeaderParam("Range") @Nullable String range) {
    return ResticBodies.bytes(downloads.open(request(), ResticType.CONFIG, null, range));
  }

  /** Stores the config, unless there is one. */
  @POST
  @Operation(hidden = true)
  public Response put(
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable String length, InputStream body) {
    uploads.receiveConfig(request(), ResticBodies.sent(length, body));
    return Response.ok().build();
  }

  /** Releases the config; also success when there is none. */
  @DELETE
  @Operation(hidden = true)
  public Response delete() {
    deletions.delete(request(), ResticType.CONFIG, null);
    return Response.ok().build();
  }

  private ResticRequest request() {
    return ResticRequestFactory.of(headers, uri);
  }
}
