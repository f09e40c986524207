package org.hikae.vault.exploration.system;

import org.hikae.vault.account.VaultLimits;

/**
 * What was announced about the employee's record, by the real time and not of the vault's clock.
 *
 * @param atMillis when
 * @param dueMillis the earliest time at which it may be done
 * @param heardMillis when a device of the employee's first knew of it; {@link #NEVER} before
 */
public record ExpectedAnnouncement(long atMillis, long dueMillis, long heardMillis) {

  public static final long NEVER = Long.MAX_VALUE;

  /** Announced in a store that was set back: nobody knows when, and nothing is asked of it. */
  static final ExpectedAnnouncement OF_LONG_AGO = new ExpectedAnnouncement(0, 0, 0);

  ExpectedAnnouncement heard(long nowMillis) {
    return new ExpectedAnnouncement(atMillis, dueMillis, Math.min(heardMillis, nowMillis));
  }

  boolean isDue(long nowMillis) {
    return dueMillis <= nowMillis;
  }

  /** Whether the owner has known of it long enough, or it was announced so long that none asks. */
  boolean isHeard(long nowMillis) {
    boolean heard =
        heardMillis != NEVER && heardMillis + VaultLimits.OWNER_DELAY.toMillis() <= nowMillis;
    return heard || atMillis + VaultLimits.ADMIN_DELAY.toMillis() <= nowMillis;
  }
}
