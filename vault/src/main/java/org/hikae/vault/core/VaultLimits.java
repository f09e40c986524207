package org.hikae.vault.core;

import java.time.Duration;

/**
 * Every number that bounds guessing or growth. The spec's rules name them; changing one changes
 * what the vault promises.
 */
public final class VaultLimits {

  /** Charges in a row without a proven login that lock a record for good. */
  public static final int CONSECUTIVE_ATTEMPTS = 10;

  /** Failures in an employee's lifetime that lock every record for good. */
  public static final int LIFETIME_FAILURES = 50;

  /** How long an answered login may be repeated or finished. */
  public static final Duration LOGIN_WINDOW = Duration.ofSeconds(60);

  /** Registrations an employee may begin within {@link #REGISTRATION_PERIOD}. */
  public static final int REGISTRATIONS_A_DAY = 10;

  /** The period of {@link #REGISTRATIONS_A_DAY}. */
  public static final Duration REGISTRATION_PERIOD = Duration.ofDays(1);

  /** How old the sign-in may be for RegInit and LoginStart. */
  public static final Duration SIGN_IN_AGE = Duration.ofMinutes(10);

  /** How far a device's clock may be off. */
  public static final Duration DEVICE_CLOCK_SKEW = Duration.ofMinutes(5);

  /** How far the sign-on's clock may be ahead. */
  public static final Duration SIGN_ON_CLOCK_SKEW = Duration.ofSeconds(30);

  /** How long rows that no rule needs any more are kept: closed attempts, unfinished records. */
  public static final Duration FORGET_AFTER = Duration.ofDays(2);

  /** Most employees that one sweep looks at; the next sweep goes on. */
  public static final int SWEEP_EMPLOYEES = 100;

  private VaultLimits() {}
}
