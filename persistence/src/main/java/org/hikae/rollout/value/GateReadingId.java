package org.hikae.rollout.value;

import org.hikae.schema.value.RowId;

/** Which reading of a gate. */
public record GateReadingId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
