package org.hikae.schema.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table and what the database says of it.
 *
 * @param name in small letters
 * @param comment as the migrations wrote it; null when nobody did
 * @param columns all of them, in the order of the table
 */
public record TableComment(String name, @Nullable String comment, List<ColumnComment> columns) {}
