package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.hikae.enrollment.boundary.DeviceEnrollment;
import org.hikae.enrollment.boundary.DeviceSessionCommands;
import org.hikae.enrollment.boundary.EnrollmentQueries;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.EnrolDevice;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.enrollment.wire.Nonce;
import org.hikae.enrollment.wire.NonceRequest;
import org.hikae.enrollment.wire.OpenSession;
import org.hikae.http.rest.AnswerLanguage;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** Before a device has a session. */
@Path("v1/enrollment")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class EnrollmentResource {

  @Inject private EnrollmentQueries queries;
  @Inject private DeviceEnrollment enrollment;
  @Inject private DeviceSessionCommands sessions;

  /** Where the calling employee stands; {@code Accept-Language} chooses the consent text. */
  @GET
  @Operation(operationId = "getEnrollment")
  public EnrollmentView view(@Context HttpHeaders headers) {
    return queries.view(AnswerLanguage.of(headers));
  }

  /** Makes a device known, or renames a known one. */
  @POST
  @Operation(operationId = "enrolDevice")
  @Refuses({ProblemCode.BAD_SIGNATURE, ProblemCode.TOO_MANY_DEVICES, ProblemCode.CONFLICT})
  @Path("devices")
  @APIResponse(
      responseCode = "200",
      description = "It was known before",
      content = @Content(schema = @Schema(implementation = DeviceView.class)))
  @APIResponse(
      responseCode = "201",
      description = "The device is known now",
      content = @Content(schema = @Schema(implementation = DeviceView.class)))
  public Response enrol(EnrolDevice request) {
    DeviceEnrollment.Enrolled enrolled = enrollment.enrol(request);
    return Response.status(enrolled.created() ? 201 : 200).entity(enrolled.device()).build();
  }

  /** Makes a nonce for a device to sign. */
  @POST
  @Operation(operationId = "createNonce")
  @Refuses({ProblemCode.NOT_FOUND, ProblemCode.TOO_MANY_REQUESTS})
  @Path("nonces")
  public Nonce nonce(NonceRequest request) {
    return sessions.nonce(request);
  }

  /** Opens a device session. */
  @POST
  @Operation(operationId = "openDeviceSession")
  @Refuses({ProblemCode.DEVICE_SESSION_REQUIRED, ProblemCode.BAD_SIGNATURE, ProblemCode.NOT_FOUND})
  @Path("sessions")
  public DeviceSession open(OpenSession request) {
    return sessions.open(request);
  }
}
