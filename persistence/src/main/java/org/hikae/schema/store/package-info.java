/**
 * Migrates the schema, checks that the database keeps what it commits, and is the base of all
 * stores. Knows no use case.
 */
@NullMarked
package org.hikae.schema.store;

import org.jspecify.annotations.NullMarked;
