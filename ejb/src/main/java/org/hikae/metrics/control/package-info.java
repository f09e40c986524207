/** What a monitoring system is told: counted here, in memory, by whoever does the work. */
@NullMarked
package org.hikae.metrics.control;

import org.jspecify.annotations.NullMarked;
