package org.hikae.schema.value;

import org.jspecify.annotations.Nullable;

/**
 * A column and what the database says of it.
 *
 * @param name in small letters
 * @param comment as the migrations wrote it; null when nobody did
 */
public record ColumnComment(String name, @Nullable String comment) {}
