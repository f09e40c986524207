package org.hikae.vault.core;

import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * One charged guess. OPEN until it is proven right (PROVEN), wrong (FAILED), or its minute is over;
 * each way it can be finished at most once. Without {@code sealed} the charge was committed and no
 * KE2 has been made yet.
 *
 * @param id which attempt on which record
 * @param requestHash SHA-256 over KE1 and device key: the one request it answers
 * @param deviceId the device that asked, 16 bytes
 * @param chargedAt when
 * @param run the row of consecutive charges it belongs to
 * @param state what became of it
 * @param sealed KE2 and the server's half of the login, sealed to {@code id}; null before KE2 and
 *     after the end
 */
public record Attempt(
    Id id,
    Hash256 requestHash,
    byte[] deviceId,
    Instant chargedAt,
    long run,
    State state,
    byte @Nullable [] sealed) {

  /**
   * Identity of an attempt.
   *
   * @param employee who is charged
   * @param loginId chosen by the device, 16 bytes
   * @param credId the record
   */
  public record Id(EmployeeId employee, byte[] loginId, Hash256 credId) {}

  /** What became of an attempt. */
  public enum State {
    /** May be repeated and finished. */
    OPEN(1),
    /** The password was right; the charge was taken back. */
    PROVEN(2),
    /** Closed without proof; the charge stays. */
    FAILED(3);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** The number in the store. */
    public int number() {
      return number;
    }

    /** The state with this number, of a row this vault wrote. */
    public static State of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new TamperedException("An attempt's state is none this vault writes.");
    }
  }

  /** Whether it can still be repeated or finished. A clock before the charge closes it too. */
  public boolean isOpenAt(Instant now) {
    long ageMillis = now.toEpochMilli() - chargedAt.toEpochMilli();
    return state == State.OPEN
        && ageMillis >= 0
        && ageMillis <= VaultLimits.LOGIN_WINDOW.toMillis();
  }

  /** With KE2. */
  public Attempt answered(byte[] sealedLogin) {
    return new Attempt(id, requestHash, deviceId, chargedAt, run, State.OPEN, sealedLogin);
  }

  /** After its end: nothing of the login is left. */
  public Attempt closed(State end) {
    return new Attempt(id, requestHash, deviceId, chargedAt, run, end, null);
  }

  @Override
  public String toString() {
    return "Attempt(" + state + ")";
  }
}
