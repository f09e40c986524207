package org.hikae.insight.system.view;

import org.hikae.vault.view.VaultStatus;

/**
 * What answers.
 *
 * @param ready whether everything that there should be answers
 * @param database {@code UP} or {@code DOWN}
 * @param vault {@code UP}, {@code DOWN} or {@code NONE} when none is configured
 * @param auditTrail {@code UP}, or {@code LATE} when events wait for their places in the chain for
 *     over a minute; {@code UNKNOWN} without the database. It serves nevertheless
 */
public record HealthReport(
    boolean ready, DatabaseAvailability database, VaultStatus vault, AuditTrailHealth auditTrail) {

  /** Whether the database answers. */
  public enum DatabaseAvailability {
    /** It answers. */
    UP,
    /** It does not. */
    DOWN
  }

  /** How the audit trail's chain stands. */
  public enum AuditTrailHealth {
    /** Events get their places in time. */
    UP,
    /** Events wait for their places for over a minute. */
    LATE,
    /** Nobody can tell without the database. */
    UNKNOWN
  }
}
