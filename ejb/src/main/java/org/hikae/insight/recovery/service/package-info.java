/** Counts once for all who ask how many people could recover. Calls no boundary and no job. */
@NullMarked
package org.hikae.insight.recovery.service;

import org.jspecify.annotations.NullMarked;
