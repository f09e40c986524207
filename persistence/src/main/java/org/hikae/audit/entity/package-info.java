/**
 * The append-only, hash-chained trail as JPA entities; the application's login may insert and read,
 * never change. Knows no store.
 */
@NullMarked
package org.hikae.audit.entity;

import org.jspecify.annotations.NullMarked;
