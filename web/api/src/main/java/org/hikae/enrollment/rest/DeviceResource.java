package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.enrollment.boundary.DeviceConsentCommands;
import org.hikae.enrollment.boundary.DeviceContextQueries;
import org.hikae.enrollment.boundary.OptInCommands;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.SetView;
import org.hikae.openapi.rest.Refuses;
import org.hikae.policy.wire.DevicePolicy;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** The calling device, its siblings, and opting in. */
@Path("v1/device")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {

  @Inject private DeviceContextQueries queries;
  @Inject private OptInCommands optInCommands;
  @Inject private DeviceConsentCommands consent;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** What the device needs to know to work. */
  @GET
  @Operation(operationId = "getDeviceContext")
  public DeviceContext context() {
    return queries.context(session);
  }

  /** What policies hold for the employee and who says so. */
  @GET
  @Operation(operationId = "getDevicePolicy")
  @Path("policy")
  public DevicePolicy policy() {
    return queries.policy(session);
  }

  /** All devices of the device's employee. */
  @GET
  @Operation(operationId = "listOwnDevices")
  @Path("devices")
  public List<DeviceView> devices() {
    return queries.devices(session);
  }

  /** Records the consent and makes a new set, which is pending. */
  @POST
  @Operation(operationId = "beginOptIn")
  @Refuses({
    ProblemCode.NOT_OFFERED_YET,
    ProblemCode.SET_EXISTS,
    ProblemCode.CONSENT_OUTDATED,
    ProblemCode.CONFLICT
  })
  @Path("opt-in")
  @Consumes(MediaType.APPLICATION_JSON)
  public SetView optIn(OptIn request) {
    return optInCommands.optIn(session, request);
  }

  /** Agrees to a later consent text. */
  @POST
  @Operation(operationId = "agreeOnDevice")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.CONSENT_OUTDATED})
  @Path("consent")
  @Consumes(MediaType.APPLICATION_JSON)
  public void agree(AgreeConsent agreed) {
    consent.agree(session, agreed);
  }

  /** Puts the pending set into use. */
  @POST
  @Operation(operationId = "completeOptIn")
  @Refuses({ProblemCode.NOT_OPTED_IN, ProblemCode.KEY_METHOD_NOT_ALLOWED, ProblemCode.CONFLICT})
  @Path("opt-in/complete")
  public SetView complete() {
    return optInCommands.complete(session);
  }
}
