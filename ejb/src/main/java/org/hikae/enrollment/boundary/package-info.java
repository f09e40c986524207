/**
 * Employees opt in, consent and manage devices and keys; staff see devices and consents and publish
 * consent texts. Each bean states its roles, and none knows HTTP or pages.
 */
@NullMarked
package org.hikae.enrollment.boundary;

import org.jspecify.annotations.NullMarked;
