package org.hikae.vault.account;

import java.time.Duration;
import java.util.List;

/**
 * Every number that bounds guessing or growth. The spec's rules name them; changing one changes
 * what the vault promises.
 */
public final class VaultLimits {

  /** Charges in a row without a proven login that lock a record for good. */
  public static final int CONSECUTIVE_ATTEMPTS = 10;

  /** Failures in an employee's lifetime that lock every record for good. */
  public static final int LIFETIME_FAILURES = 50;

  /** Tries, right or wrong, that an employee has in {@link #DAY}. */
  public static final int EVALUATIONS_A_DAY = 20;

  /** Tries, right or wrong, of one record after which its devices advise another password. */
  public static final int EVALUATIONS_A_RECORD = 200;

  /** How long an answered login may be repeated or finished. */
  public static final Duration LOGIN_WINDOW = Duration.ofSeconds(60);

  /** Registrations an employee may begin within {@link #DAY}. */
  public static final int REGISTRATIONS_A_DAY = 10;

  /** Ends and exports of the portal's audit trail that are taken within {@link #DAY}. */
  public static final int AUDIT_ROWS_A_DAY = 500;

  /** The period of the daily budgets. */
  public static final Duration DAY = Duration.ofDays(1);

  /** How old the sign-in may be for what may cost an attempt or a record. */
  public static final Duration SIGN_IN_AGE = Duration.ofMinutes(10);

  /** How far a device's clock may be off. */
  public static final Duration DEVICE_CLOCK_SKEW = Duration.ofMinutes(5);

  /** How far the sign-on's clock may be ahead. */
  public static final Duration SIGN_ON_CLOCK_SKEW = Duration.ofSeconds(30);

  /** How far the host's clock may be behind the last row before the vault stops serving. */
  public static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  /** Beyond this the host's clock was not late but set: the vault's time does not follow it. */
  public static final Duration CLOCK_DRIFT = Duration.ofHours(1);

  /** How far the host's clock may be ahead at a start, and be followed at once. */
  public static final Duration CLOCK_JUMP = Duration.ofDays(2);

  /** How long a clock that was set must have run on before the vault's time catches up with it. */
  public static final Duration CLOCK_BELIEVED = Duration.ofDays(7);

  /** What part faster the vault's time runs while it catches up. */
  public static final int CLOCK_CATCH_UP = 8;

  /** How far above everything that was anchored or seen a reopened ledger goes on, in rows. */
  public static final long REOPENING_GAP = 1_000_000_000L;

  /** How long a statement to reopen the ledger can be used. */
  public static final Duration STATEMENT_AGE = Duration.ofDays(7);

  /**
   * How long a closed attempt is remembered, so that its messages cannot be replayed: longer than
   * any request is taken.
   */
  public static final Duration ATTEMPT_MEMORY = Duration.ofMinutes(15);

  /** How long an unfinished registration and the record that ended last are kept. */
  public static final Duration FORGET_AFTER = Duration.ofDays(2);

  /**
   * How long a replacement or deletion without a login is announced before, from when a device of
   * the record's set holds the announcement.
   */
  public static final Duration OWNER_DELAY = Duration.ofDays(3);

  /**
   * How long a replacement is announced before by a device that is new to the record's set, and the
   * longest that any other takes.
   */
  public static final Duration NEWCOMER_DELAY = Duration.ofDays(30);

  /** How long a freeze lasts, unless it is renewed. */
  public static final Duration FREEZE_FOR = Duration.ofDays(7);

  /** How long after a freeze another one takes a fresh sign-in. */
  public static final Duration FREEZE_PAUSE = Duration.ofDays(30);

  /** How long two administrators' deletion is announced before. */
  public static final Duration ADMIN_DELAY = Duration.ofDays(30);

  /** From this many failures on the remaining attempts are kept for devices of the set. */
  public static final int RESERVED_FROM = 7;

  /** After this long without a try the reserved attempts are everybody's. */
  public static final Duration RESERVED_FOR = Duration.ofDays(7);

  /** Attempts that the throttle lets a device make that is not of the record's set. */
  public static final int THROTTLE_FREE_ATTEMPTS = 3;

  /** Employees with a failure within {@link #THROTTLE_PERIOD} that put the throttle on. */
  public static final int THROTTLE_EMPLOYEES = 20;

  /** How long a failure counts for the throttle, and how long the throttle stays on. */
  public static final Duration THROTTLE_PERIOD = Duration.ofHours(1);

  /** Most sets of an employee that the vault knows. */
  public static final int SETS = 8;

  /** After this long without a witness or a record a set may give way to another. */
  public static final Duration SET_IDLE = Duration.ofDays(90);

  /** Most devices of a set that the vault knows. */
  public static final int KNOWN_DEVICES = 64;

  /** Most employees, secrets or rows that one sweep or one page of a scan looks at. */
  public static final int STEP = 100;

  /** Rows after which the ledger's sums are written down anew. */
  public static final int CHECKPOINT_ROWS = 10_000;

  /** What one commit takes together. */
  public static final int GROUP = 32;

  /** Waits before the attempts after the third failure in a row. */
  public static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(3));

  private VaultLimits() {}
}
