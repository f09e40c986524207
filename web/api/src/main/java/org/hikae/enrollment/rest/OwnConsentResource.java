package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.enrollment.boundary.OwnConsentCommands;
import org.hikae.enrollment.view.ConsentLedger;
import org.hikae.enrollment.view.OwnConsentAsked;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.http.rest.AnswerLanguage;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The signed-in employee's consent. */
@Path("v1/my/consent")
@Produces({MediaType.APPLICATION_JSON, "text/csv"})
public class OwnConsentResource {

  @Inject private OwnConsentCommands consent;

  /**
   * Where the calling employee stands, with the text in the language that {@code Accept-Language}
   * likes.
   */
  @GET
  @Operation(operationId = "getMyConsent")
  @Produces(MediaType.APPLICATION_JSON)
  public OwnConsentAsked asked(@Context HttpHeaders headers) {
    return consent.asked(AnswerLanguage.of(headers));
  }

  /** Agrees to the current consent text. */
  @POST
  @Operation(operationId = "agreeToMyConsent")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.CONSENT_OUTDATED})
  @Consumes(MediaType.APPLICATION_JSON)
  public void agree(AgreeConsent agreed) {
    consent.agree(agreed);
  }

  /** The caller's own ledger of consents with the texts agreed to. */
  @GET
  @Operation(operationId = "getMyConsentLedger")
  @Path("ledger")
  @APIResponse(
      responseCode = "200",
      description = "The ledger; with format=csv as CSV, without the texts",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ConsentLedger.class)),
        @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
      })
  public Response ledger(@QueryParam("format") @Nullable String format) {
    boolean csv = ConsentLedgerFormat.csv(format);
    return ConsentLedgerFormat.of(consent.ledger(), csv);
  }
}
