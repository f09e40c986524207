/** Ends sessions at Keycloak that belong to revoked devices. */
@NullMarked
package org.hikae.enrollment.timer;

import org.jspecify.annotations.NullMarked;
