package org.hikae.identity.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.hikae.identity.boundary.DirectoryDesk;
import org.hikae.identity.boundary.DirectorySync;

/** The employee directory. */
@Path("v1/admin/directory")
@Produces(MediaType.APPLICATION_JSON)
public class DirectoryResource {

  @Inject private DirectoryDesk desk;

  /** Reads the directory from Keycloak now. */
  @POST
  @Path("sync")
  public DirectorySync.Counts sync() {
    return desk.syncNow();
  }
}
