package org.hikae.lifecycle.value;

import org.hikae.schema.value.RowId;

/** Which erasure. */
public record ErasureId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
