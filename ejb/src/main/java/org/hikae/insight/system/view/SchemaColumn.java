package org.hikae.insight.system.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.schema.value.ColumnComment;
import org.jspecify.annotations.Nullable;

/**
 * A column of the portal's database.
 *
 * @param name its name in the database
 * @param kind what somebody who reads it learns
 * @param sentence what it holds, in English; null when the database does not say
 */
public record SchemaColumn(String name, ColumnKind kind, @Nullable String sentence) {

  private static final Pattern COMMENT =
      Pattern.compile("(CIPHERTEXT|HASH|PERSONAL|PLAIN): (.+)", Pattern.DOTALL);

  /** A comment that does not begin with a kind is shown as it is. */
  static SchemaColumn of(ColumnComment column) {
    String comment = column.comment();
    Matcher parts = COMMENT.matcher(comment == null ? "" : comment);
    return parts.matches()
        ? new SchemaColumn(column.name(), ColumnKind.valueOf(parts.group(1)), parts.group(2))
        : new SchemaColumn(column.name(), ColumnKind.UNDESCRIBED, comment);
  }
}
