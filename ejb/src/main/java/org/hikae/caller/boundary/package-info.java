/**
 * Administrators and auditors list the company's own programs. Each bean states its roles, and none
 * knows HTTP or pages.
 */
@NullMarked
package org.hikae.caller.boundary;

import org.jspecify.annotations.NullMarked;
