/** Makes the report of a month once after its end, and has it mailed. Calls no boundary. */
@NullMarked
package org.hikae.insight.report.job;

import org.jspecify.annotations.NullMarked;
