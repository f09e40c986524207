/**
 * Summaries that lists are found and sorted by, and stored bytes by day, as JPA entities. Knows no
 * store.
 */
@NullMarked
package org.hikae.insight.entity;

import org.jspecify.annotations.NullMarked;
