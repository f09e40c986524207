/**
 * Shows all metrics to the monitoring system, which has a token of its own. Each bean states its
 * roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.metrics.boundary;

import org.jspecify.annotations.NullMarked;
