package org.hikae.caller.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.caller.boundary.ServiceAccountQueries;
import org.hikae.caller.view.ServiceAccountList;

/** The company's own programs. */
@Path("v1/admin/service-accounts")
@Produces(MediaType.APPLICATION_JSON)
public class ServiceAccountsResource {

  @Inject private ServiceAccountQueries accounts;

  /** The programs with their last use, those too that were never used. */
  @GET
  @Operation(operationId = "listServiceAccounts")
  public ServiceAccountList list() {
    return accounts.list();
  }
}
