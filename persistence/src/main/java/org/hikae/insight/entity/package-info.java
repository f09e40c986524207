/**
 * Summaries that lists are found and sorted by, and what is noted by time, as JPA entities. Knows
 * no store.
 */
@NullMarked
package org.hikae.insight.entity;

import org.jspecify.annotations.NullMarked;
