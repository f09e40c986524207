package org.hikae.enrollment.wire;

/**
 * What anyone may ask before signing in ({@code GET /api/public/about}): where to sign in and with
 * which client.
 *
 * @param product always {@code hikae}
 * @param version version of the portal
 * @param apiVersion version of the REST API, 1
 * @param issuer the Keycloak realm
 * @param agentClientId client of the agent
 * @param portalUrl address of the pages for people
 */
public record About(
    String product,
    String version,
    int apiVersion,
    String issuer,
    String agentClientId,
    String portalUrl) {}
