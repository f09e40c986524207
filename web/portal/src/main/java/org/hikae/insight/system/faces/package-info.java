/**
 * Pages about the portal itself: first steps, its jobs, what its database holds, what IT can see.
 * Knows no entity, store or REST resource.
 */
@NullMarked
package org.hikae.insight.system.faces;

import org.jspecify.annotations.NullMarked;
