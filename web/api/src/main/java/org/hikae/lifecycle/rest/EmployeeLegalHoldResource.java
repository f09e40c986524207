package org.hikae.lifecycle.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.approval.view.ApprovalView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.lifecycle.boundary.LegalHoldCommands;
import org.hikae.lifecycle.view.LegalHoldView;
import org.hikae.lifecycle.view.SetLegalHold;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** The legal hold on an employee. */
@Path("v1/admin/employees/{employeeId}/legal-hold")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeLegalHoldResource {

  @Inject private LegalHoldCommands commands;

  /** The legal hold that stands on an employee. */
  @GET
  @Operation(operationId = "getLegalHold")
  public LegalHoldView get(@PathParam("employeeId") EmployeeId employeeId) {
    return commands.of(employeeId);
  }

  /** Sets a legal hold on an employee, at once. */
  @PUT
  @Operation(operationId = "setLegalHold")
  @Refuses(ProblemCode.CONFLICT)
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The hold stands",
      content = @Content(schema = @Schema(implementation = LegalHoldView.class)))
  public Response set(@PathParam("employeeId") EmployeeId employeeId, SetLegalHold hold) {
    return Response.status(201).entity(commands.set(employeeId, hold)).build();
  }

  /** Asks a second administrator to lift the legal hold on an employee. */
  @DELETE
  @Operation(operationId = "liftLegalHold")
  @Refuses(ProblemCode.CONFLICT)
  @APIResponse(
      responseCode = "202",
      description = "The request waits for a second administrator",
      content = @Content(schema = @Schema(implementation = ApprovalView.class)))
  public Response lift(@PathParam("employeeId") EmployeeId employeeId) {
    return Response.status(202).entity(commands.lift(employeeId)).build();
  }
}
