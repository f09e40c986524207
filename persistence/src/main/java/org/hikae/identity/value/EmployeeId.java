package org.hikae.identity.value;

import org.hikae.schema.value.RowId;

/** Which employee. */
public record EmployeeId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
