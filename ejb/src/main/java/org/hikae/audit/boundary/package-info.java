/**
 * Writing and reading the audit trail. Every other capability may use it; it uses only who is
 * calling.
 */
@NullMarked
package org.hikae.audit.boundary;

import org.jspecify.annotations.NullMarked;
