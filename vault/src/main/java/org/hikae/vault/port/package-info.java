/**
 * What the vault stands on: the ports that files, tokens, databases and Keycloak implement, and the
 * exceptions they end with. It knows nothing that implements them.
 */
@NullMarked
package org.hikae.vault.port;

import org.jspecify.annotations.NullMarked;
