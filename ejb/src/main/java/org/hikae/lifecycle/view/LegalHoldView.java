package org.hikae.lifecycle.view;

import java.time.Instant;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.openapi.wire.SchemaName;

/**
 * A legal hold as administrators see it.
 *
 * @param holdId identifier
 * @param employeeId whose backup is held
 * @param reason why
 * @param setAt since when
 * @param setBy {@code sub} of who set it
 */
@SchemaName("HoldView")
public record LegalHoldView(
    long holdId, long employeeId, String reason, Instant setAt, String setBy) {

  public static LegalHoldView of(StandingLegalHold hold) {
    return new LegalHoldView(
        hold.holdId(), hold.employeeId(), hold.reason(), hold.setAt(), hold.setBy());
  }
}
