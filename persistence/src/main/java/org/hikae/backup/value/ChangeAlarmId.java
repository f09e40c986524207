package org.hikae.backup.value;

import org.hikae.schema.value.RowId;

/** Which alarm about changed files. */
public record ChangeAlarmId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
