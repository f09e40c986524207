/**
 * Administrators offer the backup, write campaigns, import lists of waves and see gates. Each bean
 * states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.rollout.boundary;

import org.jspecify.annotations.NullMarked;
