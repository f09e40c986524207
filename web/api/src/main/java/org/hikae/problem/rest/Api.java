package org.hikae.problem.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The REST API at {@code /api}: bearer tokens only, no cookies. */
@ApplicationPath("/")
@OpenAPIDefinition(
    info =
        @Info(
            title = "Hikae",
            version = "1",
            description =
                "What devices and administrators ask of the portal. Refusals are RFC 9457 problem"
                    + " JSON with a stable code.",
            license = @License(name = "Apache-2.0")),
    security = @SecurityRequirement(name = "keycloak"))
@SecurityScheme(
    securitySchemeName = "keycloak",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT",
    description = "Access token of the realm with audience hikae-api")
public class Api extends Application {}
