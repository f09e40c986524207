/**
 * The vault's own check of the employee's Keycloak token. The portal relays tokens and its word
 * about them counts for nothing, so issuer, signature, audience, client and age are checked here
 * against the realm's published keys.
 */
@NullMarked
package org.hikae.vault.token;

import org.jspecify.annotations.NullMarked;
