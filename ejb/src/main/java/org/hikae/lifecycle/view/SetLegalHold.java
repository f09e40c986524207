package org.hikae.lifecycle.view;

import org.hikae.openapi.wire.SchemaName;

/**
 * A legal hold that an administrator wants.
 *
 * @param reason why, 1 to 500 characters
 */
@SchemaName("SetHold")
public record SetLegalHold(String reason) {

  /** Longest reason, in characters. */
  public static final int MAX_REASON_CHARS = 500;
}
