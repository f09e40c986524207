/**
 * Use cases inside the server: the EAR that ships, with one more web archive that holds these
 * tests. Each call runs as a caller with given roles and claims, on H2 and on PostgreSQL. No
 * Keycloak and no vault: what they answer is tested over HTTP.
 */
@NullMarked
package org.hikae.it.container;

import org.jspecify.annotations.NullMarked;
