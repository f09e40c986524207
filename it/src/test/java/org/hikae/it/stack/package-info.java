/**
 * The whole system, started for tests by the same scripts that start it for people: a real
 * Keycloak, the vault's process, and WildFly with the EAR that ships, each on ports of its own.
 */
@NullMarked
package org.hikae.it.stack;

import org.jspecify.annotations.NullMarked;
