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
import org.hikae.enrollment.boundary.DeviceConsent;
import org.hikae.enrollment.boundary.DeviceDesk;
import org.hikae.enrollment.boundary.OptingIn;
import org.hikae.enrollment.wire.AgreeConsent;
import org.hikae.enrollment.wire.DeviceContext;
import org.hikae.enrollment.wire.DeviceSession;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.SetView;
import org.hikae.policy.wire.DevicePolicy;
import org.jspecify.annotations.Nullable;

/** The calling device, its siblings, and opting in. */
@Path("v1/device")
@Produces(MediaType.APPLICATION_JSON)
public class DeviceResource {

  @Inject private DeviceDesk desk;
  @Inject private OptingIn optingIn;
  @Inject private DeviceConsent consent;

  @HeaderParam(DeviceSession.HEADER)
  private @Nullable String session;

  /** What the device needs to know to work. */
  @GET
  public DeviceContext context() {
    return desk.context(session);
  }

  /** What holds for the employee and who says so. */
  @GET
  @Path("policy")
  public DevicePolicy policy() {
    return desk.policy(session);
  }

  /** All devices of the employee. */
  @GET
  @Path("devices")
  public List<DeviceView> devices() {
    return desk.devices(session);
  }

  /** Consent and a new PENDING set. */
  @POST
  @Path("opt-in")
  @Consumes(MediaType.APPLICATION_JSON)
  public SetView optIn(OptIn request) {
    return optingIn.optIn(session, request);
  }

  /** Agrees to a later consent text. */
  @POST
  @Path("consent")
  @Consumes(MediaType.APPLICATION_JSON)
  public void agree(AgreeConsent agreed) {
    consent.agree(session, agreed);
  }

  /** The set is in use from now on. */
  @POST
  @Path("opt-in/complete")
  public SetView complete() {
    return optingIn.complete(session);
  }
}
