/**
 * A second administrator for dangerous changes: who asks, who sees exactly what would be done and
 * agrees within a day. It knows no change by itself; the capability that asks also makes it.
 */
@NullMarked
package org.hikae.approval.boundary;

import org.jspecify.annotations.NullMarked;
