package org.hikae.insight.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.http.parameter.rest.PageLimit;
import org.hikae.http.parameter.rest.QueryConstants;
import org.hikae.http.parameter.rest.QueryInstants;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/** All devices, for those who run the portal. */
@Path("v1/admin/devices")
@Produces(MediaType.APPLICATION_JSON)
public class DevicesResource {

  @Inject private DeviceListQueries deviceQueries;

  /** A page of devices, those that are behind first. */
  @GET
  @Operation(operationId = "listDevices")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "Only devices in this state",
      schema = @Schema(enumeration = {"ACTIVE", "PAUSED", "REVOKED"}))
  @Parameter(
      name = "agentVersion",
      in = ParameterIn.QUERY,
      description = "Only devices with exactly this version of the agent")
  @Parameter(
      name = "backupBefore",
      in = ParameterIn.QUERY,
      description = "Only devices whose last backup is older, or that have none",
      schema = @Schema(type = SchemaType.STRING, format = "date-time"))
  @Parameter(
      name = "age",
      in = ParameterIn.QUERY,
      description = "Only devices in use whose last backup is so old",
      schema = @Schema(enumeration = {"FRESH", "LATE", "STALE", "NEVER"}))
  @Parameter(
      name = "descending",
      in = ParameterIn.QUERY,
      description = "Newest backup first",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  public DevicePage page(
      @QueryParam("state") @Nullable String state,
      @QueryParam("agentVersion") @Nullable String agentVersion,
      @QueryParam("backupBefore") @Nullable String backupBefore,
      @QueryParam("age") @Nullable String age,
      @QueryParam("descending") @Nullable String descending,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("50") @PageLimit(DeviceListQueries.MAX_LIMIT)
          PageRequest limit) {
    return deviceQueries.page(
        new DeviceCriteria(
            QueryConstants.oneOf("state", DeviceState.class, state),
            agentVersion,
            QueryInstants.at("backupBefore", backupBefore),
            QueryConstants.oneOf("age", DeviceCriteria.Age.class, age),
            null,
            null,
            "true".equals(descending)),
        cursor,
        limit);
  }
}
