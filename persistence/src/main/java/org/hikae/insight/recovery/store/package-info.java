/** Counts how many people could recover, and keeps it day by day. Knows no use case. */
@NullMarked
package org.hikae.insight.recovery.store;

import org.jspecify.annotations.NullMarked;
