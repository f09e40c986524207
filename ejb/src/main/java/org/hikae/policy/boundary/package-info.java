/**
 * Administrators see, preview and change policies. Each bean states its roles, and none knows HTTP
 * or pages.
 */
@NullMarked
package org.hikae.policy.boundary;

import org.jspecify.annotations.NullMarked;
