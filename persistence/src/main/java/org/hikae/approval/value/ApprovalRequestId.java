package org.hikae.approval.value;

import org.hikae.schema.value.RowId;

/** Which request for approval. */
public record ApprovalRequestId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
