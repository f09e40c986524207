package org.hikae.schema.value;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The number by which people and programs name something that is kept: a record of one {@code
 * long}, so that no employee's number is taken for a campaign's. As text it is the bare number.
 */
public interface RowId extends Serializable {

  /** The number, from 1; 0 lies before all rows. */
  long value();

  /** The number of this row, before which a list ends; null for all rows. */
  static @Nullable Long before(@Nullable RowId row) {
    return row == null ? null : (Long) row.value();
  }

  /** The number of this row, after which a list begins; null for all rows. */
  static long after(@Nullable RowId row) {
    return row == null ? 0 : row.value();
  }
}
