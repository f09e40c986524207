package org.hikae.lifecycle.view;

import java.time.Instant;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.openapi.wire.SchemaName;

/**
 * An employee whose backup is on legal hold.
 *
 * @param holdId the hold's identifier
 * @param employeeId whose backup is held
 * @param displayName name for people
 * @param reason why
 * @param setAt since when
 * @param setBy {@code sub} of who set it
 * @param liftingAsked whether lifting it waits for a second administrator
 */
@SchemaName("HeldEmployee")
public record LegalHoldEmployee(
    long holdId,
    long employeeId,
    String displayName,
    String reason,
    Instant setAt,
    String setBy,
    boolean liftingAsked) {

  public static LegalHoldEmployee of(
      StandingLegalHold hold, String displayName, boolean liftingAsked) {
    return new LegalHoldEmployee(
        hold.holdId(),
        hold.employeeId(),
        displayName,
        hold.reason(),
        hold.setAt(),
        hold.setBy(),
        liftingAsked);
  }
}
