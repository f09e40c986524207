/** Keeps monthly reports and counts what they say. Knows no use case. */
@NullMarked
package org.hikae.insight.report.store;

import org.jspecify.annotations.NullMarked;
