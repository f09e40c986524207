/**
 * People and devices as the tests act for them: real accounts in the real Keycloak, tokens from its
 * real sign-in pages, and a device that speaks to the portal by the specification alone, without
 * the agent's code.
 */
@NullMarked
package org.hikae.it.caller;

import org.jspecify.annotations.NullMarked;
