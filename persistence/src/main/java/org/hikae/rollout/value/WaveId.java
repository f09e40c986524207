package org.hikae.rollout.value;

import org.hikae.schema.value.RowId;

/** Which wave of a campaign. */
public record WaveId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
