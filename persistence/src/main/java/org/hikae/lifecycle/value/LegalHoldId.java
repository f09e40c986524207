package org.hikae.lifecycle.value;

import org.hikae.schema.value.RowId;

/** Which legal hold. */
public record LegalHoldId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
