package org.hikae.insight.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.OwnVaultEvent;
import org.hikae.insight.view.RunState;
import org.hikae.vault.wire.ReceiptHistory.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an employee is protected, from what the portal knows. What stands in the way of
 * every device comes first; then the device that is worst.
 */
public final class BackupVerdictRules {

  /** Trouble that passes by itself: it counts once the newest backup is older than allowed. */
  private static final Set<RunState> PASSING = EnumSet.of(RunState.NETWORK, RunState.STALE);

  private static final Set<RunState> FAILURES =
      EnumSet.of(
          RunState.NETWORK,
          RunState.STALE,
          RunState.REFUSED,
          RunState.CORRUPT,
          RunState.LOCKED,
          RunState.LOCAL,
          RunState.INTERNAL);

  private BackupVerdictRules() {}

  /**
   * What concerns all devices of an employee.
   *
   * @param optIn where they stand
   * @param offered whether the rollout has reached them
   * @param consentPaused whether nothing is taken until they agree to a later text
   * @param passwordLost whether only a password opened the backup, and the vault destroyed it
   */
  public record EmployeeFacts(
      OptInState optIn, boolean offered, boolean consentPaused, boolean passwordLost) {}

  /**
   * A device.
   *
   * @param name what its owner calls it
   * @param state what it may do
   * @param enrolledAt when it was enrolled
   * @param lastBackupAt its newest backup, by whatever program; null without one
   * @param lastReport its newest run that was a backup; null without one
   */
  public record DeviceFacts(
      String name,
      DeviceState state,
      Instant enrolledAt,
      @Nullable Instant lastBackupAt,
      @Nullable BackupReport lastReport) {}

  /**
   * A run that was a backup.
   *
   * @param reportedAt when its device reported last, by the server's clock
   * @param state how it stands
   */
  public record BackupReport(Instant reportedAt, RunState state) {}

  /**
   * The verdict.
   *
   * @param devices all of them, revoked ones too
   * @param missed how old the newest backup of a device may be
   */
  public static BackupVerdict of(
      EmployeeFacts employee, List<DeviceFacts> devices, Duration missed, Instant now) {
    return switch (employee.optIn()) {
      case NOT_OPTED_IN ->
          BackupVerdict.of(
              employee.offered() ? BackupVerdictState.NOT_SET_UP : BackupVerdictState.NOT_OFFERED);
      case WITHDRAWN -> BackupVerdict.of(BackupVerdictState.OPTED_OUT);
      case PENDING -> BackupVerdict.of(BackupVerdictState.UNFINISHED);
      case OPTED_IN -> ofParticipant(employee, devices, missed, now);
    };
  }

  private static BackupVerdict ofParticipant(
      EmployeeFacts employee, List<DeviceFacts> devices, Duration missed, Instant now) {
    if (employee.consentPaused()) {
      return BackupVerdict.of(BackupVerdictState.CONSENT_PAUSED);
    }
    if (employee.passwordLost()) {
      return BackupVerdict.of(BackupVerdictState.PASSWORD_LOST);
    }
    return devices.stream()
        .filter(device -> device.state() == DeviceState.ACTIVE)
        .map(device -> of(device, missed, now))
        .max(
            Comparator.comparing(BackupVerdict::state)
                .thenComparingLong(BackupVerdictRules::seconds))
        .orElseGet(() -> withoutActive(devices));
  }

  /** Among devices that are well the newest backup counts, among others the oldest. */
  private static long seconds(BackupVerdict verdict) {
    Duration age = verdict.age();
    long seconds = age == null ? 0 : age.toSeconds();
    return verdict.state() == BackupVerdictState.PROTECTED ? -seconds : seconds;
  }

  private static BackupVerdict withoutActive(List<DeviceFacts> devices) {
    return devices.stream()
        .filter(device -> device.state() == DeviceState.PAUSED)
        .findFirst()
        .map(
            device ->
                new BackupVerdict(BackupVerdictState.DEVICE_PAUSED, device.name(), null, null))
        .orElseGet(() -> BackupVerdict.of(BackupVerdictState.NO_DEVICE));
  }

  private static BackupVerdict of(DeviceFacts device, Duration missed, Instant now) {
    Instant last = device.lastBackupAt();
    Duration age = last == null ? null : Duration.between(last, now);
    boolean due = (last == null ? device.enrolledAt() : last).plus(missed).isBefore(now);
    RunState tried = sinceLastBackup(device.lastReport(), last);
    if (tried != null && FAILURES.contains(tried) && (due || !PASSING.contains(tried))) {
      return new BackupVerdict(BackupVerdictState.FAILED, device.name(), age, tried);
    }
    if (last == null) {
      return new BackupVerdict(
          due ? BackupVerdictState.NEVER : BackupVerdictState.FIRST_WAITS,
          device.name(),
          null,
          null);
    }
    if (due) {
      return new BackupVerdict(BackupVerdictState.MISSED, device.name(), age, null);
    }
    if (tried == RunState.PARTIAL) {
      return new BackupVerdict(BackupVerdictState.PARTLY, device.name(), age, tried);
    }
    return new BackupVerdict(
        BackupVerdictState.PROTECTED,
        device.name(),
        age,
        tried != null && FAILURES.contains(tried) ? tried : null);
  }

  /**
   * How the newest try ended, unless a backup came after its last report: restic reports no runs,
   * and a report may get lost.
   */
  private static @Nullable RunState sinceLastBackup(
      @Nullable BackupReport newest, @Nullable Instant last) {
    return newest == null || (last != null && last.isAfter(newest.reportedAt()))
        ? null
        : newest.state();
  }

  /**
   * Whether the vault destroyed the password and no other has come into use since.
   *
   * @param events newest first
   */
  public static boolean isPasswordLost(List<OwnVaultEvent> events) {
    return events.stream()
        .map(OwnVaultEvent::meaning)
        .filter(meaning -> meaning == Meaning.LOCKED || meaning == Meaning.ACTIVE)
        .findFirst()
        .filter(meaning -> meaning == Meaning.LOCKED)
        .isPresent();
  }
}
