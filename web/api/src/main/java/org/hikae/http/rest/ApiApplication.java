package org.hikae.http.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.ExternalDocumentation;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.hikae.enrollment.wire.DeviceSession;

/** The REST API at {@code /api}: bearer tokens only, no cookies. */
@ApplicationPath("/")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Hikae",
            version = "1",
            description =
                "What devices, employees and administrators ask of the portal. Refusals are RFC"
                    + " 9457 problem JSON with a stable code; Accept-Language chooses the language"
                    + " of their sentence. Properties that are not required are left out where"
                    + " there is nothing to say.",
            license = @License(name = "Apache-2.0", identifier = "Apache-2.0")),
    // The server would write an empty one, which is not valid.
    externalDocs =
        @ExternalDocumentation(
            description = "The form of every refusal",
            url = "https://www.rfc-editor.org/rfc/rfc9457"))
@SecurityScheme(
    securitySchemeName = ApiApplication.KEYCLOAK,
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "Access token of the realm with audience hikae-api")
@SecurityScheme(
    securitySchemeName = ApiApplication.DEVICE_SESSION,
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = DeviceSession.HEADER,
    description = "Session of the device, opened with its key; lasts 15 minutes")
@SecurityScheme(
    securitySchemeName = ApiApplication.MONITORING,
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    apiKeyName = "Authorization",
    description =
        "Monitoring and a space before the monitoring system's token, HIKAE_METRICS_TOKEN of the portal's settings")
public class ApiApplication extends Application {

  public static final String KEYCLOAK = "keycloak";

  /** The scheme of the monitoring system's token. */
  public static final String MONITORING = "monitoring";

  public static final String DEVICE_SESSION = "deviceSession";
}
