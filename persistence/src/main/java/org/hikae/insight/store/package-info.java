/**
 * Queries over the rows of all capabilities, for figures and lists; only summaries and what is
 * noted by time are written. Knows no use case.
 */
@NullMarked
package org.hikae.insight.store;

import org.jspecify.annotations.NullMarked;
