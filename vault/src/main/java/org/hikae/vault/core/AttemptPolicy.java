package org.hikae.vault.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hikae.hk1.Hash256;
import org.hikae.vault.account.Account;
import org.hikae.vault.account.AttemptCounters;
import org.hikae.vault.account.Id128;
import org.hikae.vault.account.VaultLimits;
import org.hikae.vault.wire.VaultRefusal;
import org.hikae.vault.wire.VaultReply.Refused;

/**
 * Whether a device may try now (spec HK1-V-08, HK1-V-21). Everything it refuses is refused before a
 * charge and before an evaluation, so it slows guessing and burns nothing.
 */
final class AttemptPolicy {

  private final AttemptThrottle attemptThrottle = new AttemptThrottle();
  private final List<Duration> waits;

  /**
   * A policy.
   *
   * @param waits before the attempts after the third failure in a row
   */
  AttemptPolicy(List<Duration> waits) {
    this.waits = waits;
  }

  /** Notes that an attempt was charged. */
  void charged(Hash256 employee, long nowMillis) {
    attemptThrottle.charged(employee, nowMillis);
  }

  /** Notes that a password was proven. */
  void proven(Hash256 employee) {
    attemptThrottle.proven(employee);
  }

  /** Why not, or nothing when an attempt at the ACTIVE record may be charged. */
  Optional<Refused> refusal(Account account, Id128 deviceId, long nowMillis) {
    AttemptCounters attemptCounters = account.counts();
    if (account.frozen()) {
      return Optional.of(refused(VaultRefusal.FROZEN, attemptCounters, 0));
    }
    if (attemptCounters.exhausted()) {
      return Optional.of(new Refused(VaultRefusal.LOCKED, 0, 0));
    }
    return firstOver(
        nowMillis,
        attemptCounters,
        new Delay(VaultRefusal.WAIT, afterFailures(attemptCounters)),
        new Delay(VaultRefusal.LIMIT, today(account, nowMillis)),
        new Delay(VaultRefusal.RESERVED, reserved(account, deviceId)),
        new Delay(VaultRefusal.BRAKE, throttled(account, deviceId)));
  }

  /** A reason to wait until a time. */
  private record Delay(VaultRefusal why, long untilMillis) {}

  private static Optional<Refused> firstOver(
      long nowMillis, AttemptCounters attemptCounters, Delay... delays) {
    for (Delay delay : delays) {
      long left = delay.untilMillis() - nowMillis;
      if (left > 0) {
        return Optional.of(refused(delay.why(), attemptCounters, (left + 999) / 1000));
      }
    }
    return Optional.empty();
  }

  private static Refused refused(
      VaultRefusal why, AttemptCounters attemptCounters, long retryAfterSeconds) {
    return new Refused(why, attemptCounters.attemptsLeft(), retryAfterSeconds);
  }

  private long afterFailures(AttemptCounters attemptCounters) {
    int index = attemptCounters.consecutive() - (VaultLimits.CONSECUTIVE_ATTEMPTS - waits.size());
    return index < 0 ? 0 : attemptCounters.lastChargeMillis() + waits.get(index).toMillis();
  }

  private static long today(Account account, long nowMillis) {
    List<Long> tries = account.evaluationsSince(nowMillis - VaultLimits.DAY.toMillis());
    int over = tries.size() - VaultLimits.EVALUATIONS_A_DAY;
    return over < 0 ? 0 : tries.get(over) + VaultLimits.DAY.toMillis();
  }

  private static long reserved(Account account, Id128 deviceId) {
    boolean free =
        account.counts().consecutive() < VaultLimits.RESERVED_FROM || account.knows(deviceId);
    return free ? 0 : account.counts().lastChargeMillis() + VaultLimits.RESERVED_FOR.toMillis();
  }

  private long throttled(Account account, Id128 deviceId) {
    boolean free =
        account.counts().consecutive() < VaultLimits.THROTTLE_FREE_ATTEMPTS
            || account.knows(deviceId);
    return free ? 0 : attemptThrottle.onUntilMillis();
  }
}
