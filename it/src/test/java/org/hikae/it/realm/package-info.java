/** Checks of the realm file itself, so that a slip in it is found without a running Keycloak. */
@NullMarked
package org.hikae.it.realm;

import org.jspecify.annotations.NullMarked;
