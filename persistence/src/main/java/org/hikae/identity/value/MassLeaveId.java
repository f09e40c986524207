package org.hikae.identity.value;

import org.hikae.schema.value.RowId;

/** Which finding of too many leavers. */
public record MassLeaveId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
