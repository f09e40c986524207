/** The audit trail: searching, checking and exporting it. */
@NullMarked
package org.hikae.audit.rest;

import org.jspecify.annotations.NullMarked;
