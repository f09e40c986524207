/**
 * Devices send diagnostics; employees see their own, and the help desk everybody's. Each bean
 * states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.diagnostics.boundary;

import org.jspecify.annotations.NullMarked;
