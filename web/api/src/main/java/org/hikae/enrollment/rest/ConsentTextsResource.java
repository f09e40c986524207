package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.enrollment.boundary.ConsentTextCommands;
import org.hikae.enrollment.view.ConsentDraftView;
import org.hikae.enrollment.view.ConsentVersionPage;
import org.hikae.enrollment.view.ConsentVersionView;
import org.hikae.enrollment.view.PublishConsent;
import org.hikae.enrollment.view.PutConsentDraft;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryNumbers;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** What employees agree to: published versions, and the draft of the next one. */
@Path("v1/admin/consent-texts")
@Produces(MediaType.APPLICATION_JSON)
public class ConsentTextsResource {

  @Inject private ConsentTextCommands commands;

  /** Published consent texts, newest first, without their texts. */
  @GET
  @Operation(operationId = "listConsentTexts")
  public ConsentVersionPage versions(
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @DefaultValue("20") @PageLimit(ConsentTextCommands.MAX_PAGE)
          PageRequest limit) {
    Integer number =
        before == null
            ? null
            : (Integer) QueryNumbers.between("before", before, 0, 1, Integer.MAX_VALUE);
    return commands.versions(number, limit);
  }

  /** A published consent text in all its languages. */
  @GET
  @Operation(operationId = "getConsentText")
  @Path("{version}")
  public ConsentVersionView version(@PathParam("version") String version) {
    return commands.version(QueryNumbers.between("version", version, 0, 1, Integer.MAX_VALUE));
  }

  /** The draft of the next consent text as employees would read it. */
  @GET
  @Operation(operationId = "getConsentDraft")
  @Path("draft")
  public ConsentDraftView draft() {
    return commands.draft();
  }

  /** Puts other texts into the draft of the next consent text. */
  @PUT
  @Operation(operationId = "putConsentDraft")
  @Refuses(ProblemCode.CONFLICT)
  @Path("draft")
  @Consumes(MediaType.APPLICATION_JSON)
  public ConsentDraftView edit(PutConsentDraft put) {
    return commands.edit(put);
  }

  /** Empties the draft of the next consent text. */
  @DELETE
  @Operation(operationId = "emptyConsentDraft")
  @Refuses(ProblemCode.CONFLICT)
  @Path("draft")
  public void discard(@QueryParam("revision") @Nullable String revision) {
    commands.discard(
        revision == null
            ? null
            : (Long) QueryNumbers.longBetween("revision", revision, 0, 0, Long.MAX_VALUE));
  }

  /** Publishes the draft as the next consent text, for good. */
  @POST
  @Operation(operationId = "publishConsentDraft")
  @Refuses({ProblemCode.REAUTHENTICATE, ProblemCode.CONFLICT})
  @Path("draft/publish")
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      description = "The version is published",
      content = @Content(schema = @Schema(implementation = ConsentVersionView.class)))
  public Response publish(PublishConsent publish) {
    return Response.status(201).entity(commands.publish(publish)).build();
  }
}
