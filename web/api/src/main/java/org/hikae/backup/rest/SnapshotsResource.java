package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.backup.boundary.SnapshotCommits;
import org.hikae.backup.boundary.SnapshotQueries;
import org.hikae.backup.boundary.SnapshotReleaseCommands;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.rest.MaxBody;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Snapshots of the employee whose device calls (spec HK1-S-03 to HK1-S-05). */
@Path("v1/device/snapshots")
@Produces(MediaType.APPLICATION_JSON)
public class SnapshotsResource {

  /** Room for {@link CommitSnapshot#MAX_NAMES} names of 67 bytes each, and the rest. */
  static final long MAX_COMMIT_BYTES = 16L * 1024 * 1024;

  @Inject private SnapshotCommits commits;
  @Inject private SnapshotQueries snapshots;
  @Inject private SnapshotReleaseCommands releases;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** Commits a snapshot; the same again is success. */
  @POST
  @Operation(operationId = "commitSnapshot")
  @APIResponse(
      responseCode = "201",
      description = "The snapshot is committed",
      content = @Content(schema = @Schema(implementation = SnapshotView.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was committed before",
      content = @Content(schema = @Schema(implementation = SnapshotView.class)))
  @Refuses({
    ProblemCode.NOT_FOUND,
    ProblemCode.NOT_OPTED_IN,
    ProblemCode.CONSENT_REQUIRED,
    ProblemCode.AGENT_OUTDATED,
    ProblemCode.SERIES_CONFLICT,
    ProblemCode.MISSING_OBJECTS,
    ProblemCode.KEY_ROTATED,
    ProblemCode.CONFLICT,
    ProblemCode.QUOTA_EXCEEDED,
    ProblemCode.BUSY
  })
  @Consumes(MediaType.APPLICATION_JSON)
  @MaxBody(MAX_COMMIT_BYTES)
  public Response commit(CommitSnapshot commit) {
    SnapshotCommits.Committed committed = commits.commit(session, commit);
    return Response.status(committed.fresh() ? Response.Status.CREATED : Response.Status.OK)
        .entity(committed.snapshot())
        .build();
  }

  /** Snapshots of all the employee's devices, newest first. */
  @GET
  @Operation(operationId = "listSnapshots")
  @Refuses(ProblemCode.NOT_FOUND)
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "Goes on from here: next of the page before",
      schema = @Schema(type = SchemaType.STRING))
  public SnapshotPage page(
      @QueryParam("limit")
          @DefaultValue("" + SnapshotQueries.DEFAULT_LIMIT)
          @PageLimit(SnapshotQueries.MAX_LIMIT)
          PageRequest limit,
      @QueryParam("after") @Nullable String after,
      @QueryParam("device") @Nullable String device) {
    return snapshots.page(session, limit, after, device);
  }

  /** One snapshot. */
  @GET
  @Operation(operationId = "getSnapshot")
  @Path("{snapshotId}")
  public SnapshotView find(@PathParam("snapshotId") String snapshotId) {
    return snapshots.find(session, snapshotId);
  }

  /** Names of all objects that a snapshot needs, 32 bytes each, ascending. */
  @GET
  @Operation(operationId = "getSnapshotObjects")
  @Refuses({ProblemCode.SNAPSHOT_REMOVED, ProblemCode.BUSY})
  @Path("{snapshotId}/objects")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  public byte[] objects(@PathParam("snapshotId") String snapshotId) {
    return snapshots.objectNames(session, snapshotId);
  }

  /** Releases a snapshot: it goes when its hold period is over. */
  @POST
  @Operation(operationId = "releaseSnapshot")
  @Refuses({
    ProblemCode.NEWEST_SNAPSHOT,
    ProblemCode.RELEASE_FROZEN,
    ProblemCode.SNAPSHOT_REMOVED,
    ProblemCode.TOO_MANY_REQUESTS
  })
  @Path("{snapshotId}/release")
  public SnapshotView release(@PathParam("snapshotId") String snapshotId) {
    return releases.release(session, snapshotId);
  }

  /** Takes a released snapshot back. */
  @DELETE
  @Operation(operationId = "takeBackRelease")
  @Refuses(ProblemCode.SNAPSHOT_REMOVED)
  @Path("{snapshotId}/release")
  public SnapshotView takeBack(@PathParam("snapshotId") String snapshotId) {
    return releases.takeBack(session, snapshotId);
  }
}
