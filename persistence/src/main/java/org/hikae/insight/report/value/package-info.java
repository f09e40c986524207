/** Months, sections and rows of a monthly report. Knows no entity. */
@NullMarked
package org.hikae.insight.report.value;

import org.jspecify.annotations.NullMarked;
