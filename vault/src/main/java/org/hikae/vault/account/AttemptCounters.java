package org.hikae.vault.account;

import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * How often an employee's passwords were tried (spec HK1-V-08, HK1-V-09, HK1-V-14). Belongs to the
 * employee, not to a record, so a new registration refills nothing. Changes only by its
 * transitions.
 *
 * @param consecutive charges since the last proven login or lock-out
 * @param lifetime charges never proven right, of all records ever
 * @param streak number of the current streak of consecutive charges; tells a late refund that its
 *     own is over
 * @param lastChargeMillis when the last charge was made; 0 for never
 */
public record AttemptCounters(int consecutive, int lifetime, long streak, long lastChargeMillis) {

  /** Somebody who never tried. */
  public static final AttemptCounters NONE = new AttemptCounters(0, 0, 0, 0);

  /** Checks the bounds. */
  public AttemptCounters {
    if (consecutive < 0
        || consecutive > VaultLimits.CONSECUTIVE_ATTEMPTS
        || lifetime < 0
        || lifetime > VaultLimits.LIFETIME_FAILURES
        || streak < 0) {
      throw new IllegalArgumentException("counts are out of bounds");
    }
  }

  /** Attempts that may still be charged. */
  public int attemptsLeft() {
    return Math.min(VaultLimits.CONSECUTIVE_ATTEMPTS - consecutive, lifetimeLeft());
  }

  /** Failures left in the employee's lifetime. */
  public int lifetimeLeft() {
    return VaultLimits.LIFETIME_FAILURES - lifetime;
  }

  /** Whether no attempt is left. */
  public boolean exhausted() {
    return attemptsLeft() == 0;
  }

  /** Whether no attempt will ever be left again. */
  public boolean exhaustedForLife() {
    return lifetime == VaultLimits.LIFETIME_FAILURES;
  }

  /** After one more charge; only while attempts are left. */
  public AttemptCounters charged(long atMillis) {
    return new AttemptCounters(consecutive + 1, lifetime + 1, streak, atMillis);
  }

  /** After the login of one charge was proven: its charge is taken back, a new streak begins. */
  public AttemptCounters proven() {
    return new AttemptCounters(0, Math.max(0, lifetime - 1), streak + 1, lastChargeMillis);
  }

  /** After a charge of {@code chargedStreak} turned out never to have been answered. */
  public AttemptCounters voided(long chargedStreak) {
    int left = chargedStreak == streak ? Math.max(0, consecutive - 1) : consecutive;
    return new AttemptCounters(left, Math.max(0, lifetime - 1), streak, lastChargeMillis);
  }

  /** After the record was destroyed: a new streak begins, the lifetime stays. */
  public AttemptCounters lockedOut() {
    return new AttemptCounters(0, lifetime, streak + 1, lastChargeMillis);
  }

  /**
   * After the password was changed inside a login: nobody has tried the new one yet.
   *
   * @param ofSet failures of records of the same set, whose password was proven by that login
   */
  public AttemptCounters renewed(int ofSet) {
    return new AttemptCounters(0, Math.max(0, lifetime - ofSet), streak + 1, 0);
  }

  /** After an old copy of the store was accepted: one attempt is left at most. */
  public AttemptCounters restored(long atMillis) {
    int last = VaultLimits.CONSECUTIVE_ATTEMPTS - 1;
    return new AttemptCounters(Math.max(consecutive, last), lifetime, streak + 1, atMillis);
  }

  /** The same at a time that was set back. */
  AttemptCounters notAfter(long nowMillis) {
    return new AttemptCounters(
        consecutive, lifetime, streak, Math.min(lastChargeMillis, nowMillis));
  }

  void addTo(Transcript out) {
    out.addU8(consecutive).addU8(lifetime).addU64(streak).addU64(lastChargeMillis);
  }

  static AttemptCounters read(TranscriptReader in) throws MalformedException {
    return new AttemptCounters(
        in.u8("consecutive"), in.u8("lifetime"), in.u64("streak"), in.u64("last"));
  }
}
