/**
 * Administrators see how scrubbing stands and start it, devices what it last found. Each bean
 * states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.backup.maintenance.boundary;

import org.jspecify.annotations.NullMarked;
