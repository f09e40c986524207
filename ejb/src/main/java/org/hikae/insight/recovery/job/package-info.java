/** Notes day by day how many people could recover. Calls no boundary. */
@NullMarked
package org.hikae.insight.recovery.job;

import org.jspecify.annotations.NullMarked;
