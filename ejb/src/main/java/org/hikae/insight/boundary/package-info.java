/**
 * Employees see their own backup, and staff everybody's: lists, details, funnels, vault events and
 * exports. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.insight.boundary;

import org.jspecify.annotations.NullMarked;
