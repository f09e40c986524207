/**
 * Signing in at Keycloak and making the device known at the portal. The agent never sees the
 * employee's sign-on password: the person signs in with a browser, here or elsewhere, and the agent
 * receives tokens. What it keeps is an offline refresh token; access tokens live in memory.
 */
@NullMarked
package org.hikae.device.login;

import org.jspecify.annotations.NullMarked;
