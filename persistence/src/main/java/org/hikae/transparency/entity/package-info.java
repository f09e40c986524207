/**
 * The transparency log as JPA entities; the application's login may add and read, never change or
 * remove an entry. Knows no store.
 */
@NullMarked
package org.hikae.transparency.entity;

import org.jspecify.annotations.NullMarked;
