/**
 * How the portal itself does: health, jobs, rotten objects, and what the schema holds. Each bean
 * states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.insight.system.boundary;

import org.jspecify.annotations.NullMarked;
