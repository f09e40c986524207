/**
 * Administrators see requests for approval and decide them. Each bean states its roles, and none
 * knows HTTP or pages.
 */
@NullMarked
package org.hikae.approval.boundary;

import org.jspecify.annotations.NullMarked;
