package org.hikae.notice.value;

import org.hikae.schema.value.RowId;

/** Which recipient of notices. */
public record RecipientId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
