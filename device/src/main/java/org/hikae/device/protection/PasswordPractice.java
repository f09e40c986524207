package org.hikae.device.protection;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.crypto.opaque.client.Ksf;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.PasswordCheckByte;
import org.hikae.device.state.AgentState;
import org.hikae.device.state.PasswordReminder;
import org.hikae.device.state.StateFile;
import org.hikae.device.state.UnlockedSet;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * Practises the password, so that it is not forgotten before it is needed. The answer is compared
 * with one byte that this device keeps (ADR 8): the vault is not asked, nothing is sent, and a
 * wrong answer costs nothing.
 */
public final class PasswordPractice {

  /** Pauses after the first, second and later right answers, in days; the last one repeats. */
  static final List<Integer> PAUSES = List.of(2, 7, 14, 30, 60);

  /** Pause when the person has no time now. */
  static final Duration LATER = Duration.ofDays(3);

  /** Wrong answers in a row after which another password is suggested. */
  public static final int MANY_WRONG = 3;

  private final StateFile stateFile;
  private final Ksf ksf;
  private final Clock clock;
  private final SecureRandom random;

  /** Keeps what it needs in {@code stateFile}. */
  public PasswordPractice(StateFile stateFile, Ksf ksf, Clock clock, SecureRandom random) {
    this.stateFile = stateFile;
    this.ksf = ksf;
    this.clock = clock;
    this.random = random;
  }

  /** When the password of the current set is due, or nothing when none was used here. */
  public static Optional<Instant> dueAt(AgentState state) {
    PasswordReminder reminder = state.reminder();
    return reminder == null || state.set() == null
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(reminder.dueAt()));
  }

  /**
   * The vault has just taken this password, or it was just chosen. The same password keeps its
   * byte: another byte of it would tell a thief of several copies more.
   *
   * @param password normalised
   */
  public void proved(BackupKey key, SecretBytes password) throws AgentException {
    PasswordReminder earlier = stateFile.require().reminder();
    String setId = TextCodec.hex(key.setId());
    if (earlier != null && earlier.setId().equals(setId) && fits(earlier, key, password)) {
      stateFile.update(newest -> newest.withReminder(right(earlier)));
      return;
    }
    byte[] salt = new byte[Hk1Constants.ID_BYTES];
    random.nextBytes(salt);
    int trace = PasswordCheckByte.of(ksf, key, salt, password);
    PasswordReminder first =
        new PasswordReminder(setId, TextCodec.base64(salt), trace, 0, due(PAUSES.getFirst()), 0);
    stateFile.update(newest -> newest.withReminder(first));
  }

  /**
   * Whether this may be the password that was last used here; one in 256 others passes for it.
   * False when none was used here.
   *
   * @param password normalised
   */
  boolean mayBe(BackupKey key, SecretBytes password) throws AgentException {
    PasswordReminder earlier = stateFile.require().reminder();
    return earlier != null
        && earlier.setId().equals(TextCodec.hex(key.setId()))
        && fits(earlier, key, password);
  }

  /** Whether it was right; also what comes next, see {@link #reminder}. */
  public boolean answered(SecretBytes password) throws AgentException {
    PasswordReminder reminder = reminder();
    boolean right;
    try (BackupKey key = KeyUnlock.stored(set())) {
      right = fits(reminder, key, password);
    }
    PasswordReminder next = right ? right(reminder) : wrong(reminder);
    stateFile.update(newest -> newest.withReminder(next));
    return right;
  }

  /** Asks again in some days. */
  public void later() throws AgentException {
    PasswordReminder now = reminder();
    long due = clock.instant().plus(LATER).getEpochSecond();
    PasswordReminder put =
        new PasswordReminder(now.setId(), now.salt(), now.trace(), now.step(), due, now.wrong());
    stateFile.update(newest -> newest.withReminder(put));
  }

  /** Practises no password any more: the one that was practised opens nothing, or soon will not. */
  public void forget() throws AgentException {
    stateFile.update(newest -> newest.withReminder(null));
  }

  /** The reminder as it stands; without one the person is told why. */
  public PasswordReminder reminder() throws AgentException {
    PasswordReminder reminder = stateFile.require().reminder();
    if (reminder == null || !reminder.setId().equals(set().setId())) {
      throw new AgentException(RunResult.REFUSED, "remind.none");
    }
    return reminder;
  }

  private UnlockedSet set() throws AgentException {
    UnlockedSet set = stateFile.require().set();
    if (set == null) {
      throw new AgentException(RunResult.REFUSED, "remind.none");
    }
    return set;
  }

  private boolean fits(PasswordReminder reminder, BackupKey key, SecretBytes password)
      throws AgentException {
    try {
      byte[] salt = TextCodec.parseBase64("salt", reminder.salt(), Hk1Constants.ID_BYTES);
      return PasswordCheckByte.of(ksf, key, salt, password) == reminder.trace();
    } catch (MalformedException e) {
      throw new AgentException(RunResult.LOCAL, "state.damaged");
    }
  }

  private PasswordReminder right(PasswordReminder earlier) {
    int step = Math.min(earlier.step() + 1, PAUSES.size() - 1);
    return new PasswordReminder(
        earlier.setId(), earlier.salt(), earlier.trace(), step, due(PAUSES.get(step)), 0);
  }

  /** The date stays, so that it is asked again soon. */
  private static PasswordReminder wrong(PasswordReminder earlier) {
    return new PasswordReminder(
        earlier.setId(),
        earlier.salt(),
        earlier.trace(),
        earlier.step(),
        earlier.dueAt(),
        Math.min(earlier.wrong() + 1, MANY_WRONG));
  }

  private long due(int days) {
    return clock.instant().plus(Duration.ofDays(days)).getEpochSecond();
  }
}
