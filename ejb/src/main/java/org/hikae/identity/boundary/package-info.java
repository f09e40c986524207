/** The employee directory: who a caller is here, and everyone whom Keycloak knows. */
@NullMarked
package org.hikae.identity.boundary;

import org.jspecify.annotations.NullMarked;
