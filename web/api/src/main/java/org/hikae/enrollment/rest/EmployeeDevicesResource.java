package org.hikae.enrollment.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hikae.enrollment.boundary.EmployeeDeviceCommands;
import org.hikae.enrollment.wire.DeviceView;
import org.hikae.identity.value.EmployeeId;
import org.hikae.openapi.rest.Refuses;
import org.hikae.problem.wire.ProblemCode;

/** An employee's devices, for those who help. */
@Path("v1/admin/employees/{employeeId}/devices")
@Produces(MediaType.APPLICATION_JSON)
public class EmployeeDevicesResource {

  @Inject private EmployeeDeviceCommands devices;

  /** All devices of an employee, oldest first. */
  @GET
  @Operation(operationId = "listEmployeeDevices")
  public List<DeviceView> list(@PathParam("employeeId") EmployeeId employeeId) {
    return devices.of(employeeId);
  }

  /** Revokes an employee's device, for good. */
  @POST
  @Operation(operationId = "revokeEmployeeDevice")
  @Refuses(ProblemCode.REAUTHENTICATE)
  @Path("{deviceId}/revoke")
  public DeviceView revoke(
      @PathParam("employeeId") EmployeeId employeeId, @PathParam("deviceId") String deviceId) {
    return devices.revoke(employeeId, deviceId);
  }
}
