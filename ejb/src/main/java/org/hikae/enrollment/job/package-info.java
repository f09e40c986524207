/**
 * Notes pauses for want of consent, and ends sessions at Keycloak that devices left. Calls no
 * boundary.
 */
@NullMarked
package org.hikae.enrollment.job;

import org.jspecify.annotations.NullMarked;
