package org.hikae.device.cli.access;

import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.RawPath;
import org.hikae.hk1.WrapMethod;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to unlock the backup without a terminal. */
public final class UnlockOptions {

  @Option(
      names = "--unlock",
      order = 80,
      paramLabel = "password|digit-key",
      description = "What to unlock the backup with, when this device does not have its key yet.")
  private @Nullable String unlock;

  @Option(
      names = "--password-fd",
      order = 81,
      paramLabel = "N",
      description = "Read the password of the backup from this file descriptor.")
  private @Nullable Integer passwordFd;

  @Option(
      names = "--digit-key-fd",
      order = 82,
      paramLabel = "N",
      description = "Read the 64-digit key, or the row typed back, from this file descriptor.")
  private @Nullable Integer digitKeyFd;

  @Nullable
  public Integer passwordFd() {
    return passwordFd;
  }

  @Nullable
  public Integer digitKeyFd() {
    return digitKeyFd;
  }

  @Nullable
  public WrapMethod method() throws AgentException {
    return switch (unlock == null ? "" : unlock) {
      case "" -> null;
      case "password" -> WrapMethod.PASSWORD_VAULT;
      case "digit-key" -> WrapMethod.DIGIT_KEY;
      default -> throw new AgentException(RunResult.REFUSED, "unlock.one-of-two");
    };
  }

  /** The same with more that was decided. */
  public PromptOptions person(boolean yes, @Nullable Integer newPasswordFd) throws AgentException {
    return new PromptOptions(
        yes, null, method(), passwordFd, digitKeyFd, null, newPasswordFd, null);
  }

  /** The same where a new 64-digit key may be made. */
  public PromptOptions person(
      NewDigitKeyOptions newDigits, @Nullable Integer newPasswordFd, @Nullable RawPath sheet)
      throws AgentException {
    return new PromptOptions(
        false,
        null,
        method(),
        passwordFd,
        digitKeyFd,
        newDigits.digitKeyOutFd(),
        newPasswordFd,
        sheet);
  }

  public PromptOptions person() throws AgentException {
    return new PromptOptions(false, null, method(), passwordFd, digitKeyFd, null, null, null);
  }
}
