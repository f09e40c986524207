/**
 * The employee directory, moves between groups, legal holds and findings of too many leavers as JPA
 * entities. Knows no store.
 */
@NullMarked
package org.hikae.identity.entity;

import org.jspecify.annotations.NullMarked;
