/** Removes transfers that have ended. */
@NullMarked
package org.hikae.enrollment.transfer.job;

import org.jspecify.annotations.NullMarked;
