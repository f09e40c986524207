/**
 * Devices show that what they keep could be recovered. Each bean states its roles, and none knows
 * HTTP or pages.
 */
@NullMarked
package org.hikae.drill.boundary;

import org.jspecify.annotations.NullMarked;
