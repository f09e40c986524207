/**
 * Reads figures for monitoring, and tells when the database's log is not archived. Calls no
 * boundary.
 */
@NullMarked
package org.hikae.insight.system.job;

import org.jspecify.annotations.NullMarked;
