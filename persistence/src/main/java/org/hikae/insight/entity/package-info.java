/**
 * Queries over the rows of all capabilities, for figures only. Nothing is written here, and what
 * comes out are records of single values, never entities.
 */
@NullMarked
package org.hikae.insight.entity;

import org.jspecify.annotations.NullMarked;
