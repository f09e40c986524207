package org.hikae.backup.value;

import org.hikae.schema.value.RowId;

/** Which object that was found rotten. */
public record RottenObjectId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
