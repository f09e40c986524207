/**
 * Administrators and auditors get monthly reports, and administrators say who gets them by mail.
 * Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.insight.report.boundary;

import org.jspecify.annotations.NullMarked;
