package org.hikae.vault.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

  private final AttemptThrottle brake;
  private final List<Duration> waits;

  /**
   * A gate.
   *
   * @param waits before the attempts after the third failure in a row
   */
  AttemptPolicy(AttemptThrottle brake, List<Duration> waits) {
    this.brake = brake;
    this.waits = waits;
  }

  /** Why not, or nothing when an attempt at the ACTIVE record may be charged. */
  Optional<Refused> refusal(Account account, Id128 deviceId, long nowMillis) {
    AttemptCounters counts = account.counts();
    if (account.frozen()) {
      return Optional.of(refused(VaultRefusal.FROZEN, counts, 0));
    }
    if (counts.exhausted()) {
      return Optional.of(new Refused(VaultRefusal.LOCKED, 0, 0));
    }
    return firstOver(
        nowMillis,
        counts,
        new Delay(VaultRefusal.WAIT, afterFailures(counts)),
        new Delay(VaultRefusal.LIMIT, today(account, nowMillis)),
        new Delay(VaultRefusal.RESERVED, reserved(account, deviceId)),
        new Delay(VaultRefusal.BRAKE, braked(account, deviceId)));
  }

  /** A reason to wait until a time. */
  private record Delay(VaultRefusal why, long untilMillis) {}

  private static Optional<Refused> firstOver(
      long nowMillis, AttemptCounters counts, Delay... delays) {
    for (Delay delay : delays) {
      long left = delay.untilMillis() - nowMillis;
      if (left > 0) {
        return Optional.of(refused(delay.why(), counts, (left + 999) / 1000));
      }
    }
    return Optional.empty();
  }

  private static Refused refused(VaultRefusal why, AttemptCounters counts, long retryAfterSeconds) {
    return new Refused(why, counts.attemptsLeft(), retryAfterSeconds);
  }

  private long afterFailures(AttemptCounters counts) {
    int index = counts.consecutive() - (VaultLimits.CONSECUTIVE_ATTEMPTS - waits.size());
    return index < 0 ? 0 : counts.lastChargeMillis() + waits.get(index).toMillis();
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

  private long braked(Account account, Id128 deviceId) {
    boolean free =
        account.counts().consecutive() < VaultLimits.BRAKE_FREE_ATTEMPTS || account.knows(deviceId);
    return free ? 0 : brake.onUntilMillis();
  }
}
