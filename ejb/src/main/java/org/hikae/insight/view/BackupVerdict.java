package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether an employee is protected, and if not, what matters most.
 *
 * @param state how the backup stands
 * @param deviceName the device that it is about; null when it is about none
 * @param age age of that device's newest backup; null when it has none or it is about no device
 * @param cause how the newest try ended, if it was not well; always there when {@code state} is
 *     FAILED or PARTLY. Beside PROTECTED it is trouble that passes by itself
 */
public record BackupVerdict(
    BackupVerdictState state,
    @Nullable String deviceName,
    @Nullable Duration age,
    @Nullable RunState cause)
    implements Serializable {

  /** A verdict that is about no device. */
  public static BackupVerdict of(BackupVerdictState state) {
    return new BackupVerdict(state, null, null, null);
  }
}
