/**
 * Reads diagnostics with their likely causes, and erases them with their device or employee. Calls
 * no boundary and no job.
 */
@NullMarked
package org.hikae.diagnostics.service;

import org.jspecify.annotations.NullMarked;
