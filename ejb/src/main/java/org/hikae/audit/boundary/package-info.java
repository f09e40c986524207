/**
 * Auditors search, verify and export the trail; refusals are recorded. Each bean states its roles,
 * and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.audit.boundary;

import org.jspecify.annotations.NullMarked;
