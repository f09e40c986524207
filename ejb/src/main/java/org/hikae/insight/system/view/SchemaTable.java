package org.hikae.insight.system.view;

import java.util.List;
import org.hikae.schema.value.TableComment;
import org.jspecify.annotations.Nullable;

/**
 * A table of the portal's database.
 *
 * @param name its name in the database
 * @param sentence what it is for, in English; null when the database does not say
 * @param columns all of them
 */
public record SchemaTable(String name, @Nullable String sentence, List<SchemaColumn> columns) {

  public static SchemaTable of(TableComment table) {
    return new SchemaTable(
        table.name(), table.comment(), table.columns().stream().map(SchemaColumn::of).toList());
  }
}
