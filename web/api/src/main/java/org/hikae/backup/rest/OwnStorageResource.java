package org.hikae.backup.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.backup.boundary.OwnSnapshotReleaseCommands;
import org.hikae.backup.boundary.OwnStorageQueries;
import org.hikae.backup.view.RetentionPreview;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.backup.wire.StorageView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** What the signed-in employee's backup takes, what goes tonight, and releasing snapshots. */
@Path("v1/my")
@Produces(MediaType.APPLICATION_JSON)
public class OwnStorageResource {

  @Inject private OwnStorageQueries storage;
  @Inject private OwnSnapshotReleaseCommands releases;

  /** What the caller's own backup takes, and its limits. */
  @GET
  @Operation(operationId = "getMyStorage")
  @Path("storage")
  public StorageView storage() {
    return storage.storage();
  }

  /** What of the caller's own snapshots would go tonight, and why each stays. */
  @GET
  @Operation(operationId = "getMyRetention")
  @Path("retention")
  public RetentionPreview retention() {
    return storage.retention();
  }

  /** Releases a snapshot: it goes when its hold period is over. */
  @POST
  @Operation(operationId = "releaseMySnapshot")
  @Refuses({
    ProblemCode.NEWEST_SNAPSHOT,
    ProblemCode.RELEASE_FROZEN,
    ProblemCode.SNAPSHOT_REMOVED,
    ProblemCode.TOO_MANY_REQUESTS
  })
  @Path("snapshots/{snapshotId}/release")
  public SnapshotView release(@PathParam("snapshotId") String snapshotId) {
    return releases.release(snapshotId);
  }

  /** Takes a released snapshot back. */
  @DELETE
  @Operation(operationId = "takeBackMyRelease")
  @Refuses(ProblemCode.SNAPSHOT_REMOVED)
  @Path("snapshots/{snapshotId}/release")
  public SnapshotView takeBack(@PathParam("snapshotId") String snapshotId) {
    return releases.takeBack(snapshotId);
  }
}
