package org.hikae.notice.value;

import org.hikae.schema.value.RowId;

/** Which notice. */
public record NoticeId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
