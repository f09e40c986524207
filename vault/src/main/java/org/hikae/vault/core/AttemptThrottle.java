package org.hikae.vault.core;

import java.util.HashMap;
import java.util.Map;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.VaultLimits;

/**
 * Notices failures that are spread over many records (spec HK1-V-21; the refusal is BRAKE). While
 * it is on, devices that are not of the record's set have to wait; those that are, and the first
 * attempts on a record, go on. In memory only: whoever can restart the vault needs no throttle to
 * be off.
 */
final class AttemptThrottle {

  private final Map<Hash256, Long> failures = new HashMap<>();
  private long onUntilMillis;

  /** Counts a charge as a failure until it is proven right. */
  synchronized void charged(Hash256 employee, long nowMillis) {
    failures.values().removeIf(at -> at <= nowMillis - VaultLimits.THROTTLE_PERIOD.toMillis());
    failures.put(employee, nowMillis);
    if (failures.size() >= VaultLimits.THROTTLE_EMPLOYEES) {
      onUntilMillis = nowMillis + VaultLimits.THROTTLE_PERIOD.toMillis();
    }
  }

  /** The employee has opened their record: what was counted was them. */
  synchronized void proven(Hash256 employee) {
    failures.remove(employee);
  }

  /** Until when it is on; a time that is over when it is not. */
  synchronized long onUntilMillis() {
    return onUntilMillis;
  }
}
