/**
 * The append-only, hash-chained audit trail as rows. The application login may insert and read
 * them, never change or delete them.
 */
@NullMarked
package org.hikae.audit.entity;

import org.jspecify.annotations.NullMarked;
