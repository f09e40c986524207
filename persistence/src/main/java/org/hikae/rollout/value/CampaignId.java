package org.hikae.rollout.value;

import org.hikae.schema.value.RowId;

/** Which campaign. */
public record CampaignId(long value) implements RowId {

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
