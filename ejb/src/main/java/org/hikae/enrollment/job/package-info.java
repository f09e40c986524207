/**
 * Notes pauses for want of consent, and ends Keycloak's sessions of revoked devices. Calls no
 * boundary.
 */
@NullMarked
package org.hikae.enrollment.job;

import org.jspecify.annotations.NullMarked;
