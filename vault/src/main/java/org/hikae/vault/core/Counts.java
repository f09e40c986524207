package org.hikae.vault.core;

/**
 * How often an employee's passwords were tried (spec HK1-V-08, HK1-V-09, HK1-V-14). Belongs to the
 * employee, not to a record, so a new registration refills nothing. Changes only by its
 * transitions.
 *
 * @param consecutive charges since the last proven login or lock-out
 * @param lifetime charges never proven right, of all records ever
 * @param run number of the current row of consecutive charges; tells a late refund that its row is
 *     over
 */
public record Counts(int consecutive, int lifetime, long run) {

  /** Somebody who never tried. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** Checks the bounds. */
  public Counts {
    if (consecutive < 0
        || consecutive > VaultLimits.CONSECUTIVE_ATTEMPTS
        || lifetime < 0
        || lifetime > VaultLimits.LIFETIME_FAILURES
        || run < 0) {
      throw new IllegalArgumentException("counts are out of bounds");
    }
  }

  /** Attempts that may still be charged. */
  public int attemptsLeft() {
    return Math.min(
        VaultLimits.CONSECUTIVE_ATTEMPTS - consecutive, VaultLimits.LIFETIME_FAILURES - lifetime);
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
  public Counts charged() {
    return new Counts(consecutive + 1, lifetime + 1, run);
  }

  /** After the login of one charge was proven: its charge is taken back, a new row begins. */
  public Counts proven() {
    return new Counts(0, Math.max(0, lifetime - 1), run + 1);
  }

  /** After a charge of {@code chargedRun} turned out never to have been answered. */
  public Counts voided(long chargedRun) {
    int row = chargedRun == run ? Math.max(0, consecutive - 1) : consecutive;
    return new Counts(row, Math.max(0, lifetime - 1), run);
  }

  /** After the record was destroyed: a new row begins, the lifetime stays. */
  public Counts lockedOut() {
    return new Counts(0, lifetime, run + 1);
  }
}
