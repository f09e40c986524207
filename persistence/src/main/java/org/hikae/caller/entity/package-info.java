/**
 * Requests that may be repeated, and programs that used the API, as JPA entities. Knows no store.
 */
@NullMarked
package org.hikae.caller.entity;

import org.jspecify.annotations.NullMarked;
