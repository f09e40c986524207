package org.hikae.policy.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hikae.policy.view.AllowedKeyMethods;

/**
 * The values that a policy can set, each with its bounds and what holds when no policy says
 * anything. They stand in the order of answers; the form has an order of its own. A new value is a
 * line here and, where the portal itself goes by it, a component of {@code BackupPolicy}, {@code
 * DeviceRules} or {@code MissedBackupThresholds}.
 */
public enum PolicyKey {
  /** Most live bytes. */
  QUOTA_BYTES("quotaBytes", bytes(), 100L << 30, false),
  /** Share of the quota from which the employee is told. */
  QUOTA_NOTICE_PERCENT(
      "quotaNoticePercent", new PolicyValueKind.Whole("percent", 1, 100), 80L, false),
  /** Most bytes that only released snapshots need. */
  HELD_BYTES("heldBytes", bytes(), 100L << 30, false),
  /** Newest snapshots that stay. */
  RETENTION_LAST("retentionLast", snapshots(), 10L, true),
  /** Hours whose newest snapshot stays. */
  RETENTION_HOURLY("retentionHourly", snapshots(), 24L, true),
  /** Days whose newest snapshot stays. */
  RETENTION_DAILY("retentionDaily", snapshots(), 14L, true),
  /** Weeks whose newest snapshot stays. */
  RETENTION_WEEKLY("retentionWeekly", snapshots(), 8L, true),
  /** Months whose newest snapshot stays. */
  RETENTION_MONTHLY("retentionMonthly", snapshots(), 12L, true),
  /** Years whose newest snapshot stays. */
  RETENTION_YEARLY("retentionYearly", snapshots(), 3L, true),
  /** Days within which all snapshots stay. */
  RETENTION_WITHIN_DAYS("retentionWithinDays", days(), 7L, true),
  /** Days in which a released or dropped snapshot can be taken back. */
  HOLD_DAYS("holdDays", days(), 30L, true),
  /** Days in which an opt-out can be taken back. */
  OPT_OUT_GRACE_DAYS("optOutGraceDays", days(), 30L, true),
  /** Days for which the data of somebody who left is kept. */
  LEAVER_KEEP_DAYS("leaverKeepDays", days(), 90L, true),
  /** Whether employees see that theirs is on legal hold. */
  SHOWS_LEGAL_HOLD("showsLegalHold", new PolicyValueKind.Flag(), true),
  /** Folders that agents back up when their person names none. */
  BACKUP_INCLUDE("backupInclude", TextListValueKind.folders(), List.of()),
  /** Patterns of what agents leave out. */
  BACKUP_EXCLUDE("backupExclude", TextListValueKind.patterns(), List.of()),
  /** Whether employees may back up less: other folders, patterns of their own. */
  BACKUP_MAY_NARROW("backupMayNarrow", new PolicyValueKind.Flag(), true),
  /** Most bytes that an agent sends in a second; the largest is as good as none. */
  UPLOAD_BYTES_PER_SECOND("uploadBytesPerSecond", rate(), 1L << 40, false),
  /** How often agents back up by themselves when their person does not say. */
  BACKUP_EVERY_HOURS("backupEveryHours", new PolicyValueKind.Whole("hours", 1, 24), 24L, false),
  /** Days without a backup of a device after which the employee is told. */
  BACKUP_MISSED_DAYS("backupMissedDays", new PolicyValueKind.Whole("days", 1, 365), 3L, false),
  /** Days without a backup of a device after which it is told as critical. */
  BACKUP_LONG_MISSED_DAYS(
      "backupLongMissedDays", new PolicyValueKind.Whole("days", 1, 365), 7L, false),
  /**
   * Percent of a device's files that have to look encrypted within its last backups for an alarm; 0
   * for none.
   */
  CHANGE_ALARM_PERCENT(
      "changeAlarmPercent", new PolicyValueKind.Whole("percent", 0, 100), 20L, false),
  /**
   * People whose devices have to depart within a day for an alarm about all of them; 0 for none.
   */
  CHANGE_ALARM_PEOPLE(
      "changeAlarmPeople", new PolicyValueKind.Whole("people", 0, 10_000), 3L, false),
  /** Days between drills of a device that backs up by schedule; 0 for none. */
  DRILL_DAYS("drillDays", new PolicyValueKind.Whole("days", 0, 365), 30L, false),
  /** Days after which people are asked to practise their password; 0 for never. */
  PRACTICE_DAYS("practiceDays", new PolicyValueKind.Whole("days", 0, 365), 90L, false),
  /** Fewest characters of a new password. */
  PASSWORD_MIN_CHARACTERS(
      "passwordMinCharacters", new PolicyValueKind.Whole("characters", 12, 64), 12L, false),
  /** With what employees may protect their key. */
  KEY_METHODS("keyMethods", methods(), AllowedKeyMethods.ANY.name()),
  /** Most devices of an employee that are not revoked. */
  MAX_DEVICES("maxDevices", new PolicyValueKind.Whole("devices", 1, 50), 50L, false),
  /** Oldest version of the agent that may back up; any may restore. */
  MIN_AGENT_VERSION("minAgentVersion", new VersionValueKind(), "0"),
  /** Whether what restic deletes is released; if not, it is refused. */
  RESTIC_RELEASE("resticRelease", new PolicyValueKind.Flag(), true);

  /** Longest span of time that a policy can name, in days. */
  public static final long MAX_DAYS = 3650;

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // records of numbers, texts and pure functions
  private final PolicyValueKind kind;

  @SuppressWarnings("ImmutableEnumChecker") // Long, Boolean, String or an immutable list of String
  private final Object builtIn;

  private final boolean protects;

  /** A number, of which less may protect less. */
  PolicyKey(String wireName, PolicyValueKind.Whole kind, long builtIn, boolean protects) {
    this.wireName = wireName;
    this.kind = kind;
    this.builtIn = builtIn;
    this.protects = protects;
  }

  /** Anything else: nothing of it is less. */
  PolicyKey(String wireName, PolicyValueKind kind, Object builtIn) {
    this.wireName = wireName;
    this.kind = kind;
    this.builtIn = builtIn;
    this.protects = false;
  }

  private static PolicyValueKind.Whole bytes() {
    return new PolicyValueKind.Whole("bytes", 0, 1L << 50);
  }

  private static PolicyValueKind.Whole rate() {
    return new PolicyValueKind.Whole("bytes a second", 64 * 1024, 1L << 40);
  }

  private static PolicyValueKind methods() {
    return new ChoiceValueKind(Arrays.stream(AllowedKeyMethods.values()).map(Enum::name).toList());
  }

  private static PolicyValueKind.Whole snapshots() {
    return new PolicyValueKind.Whole("snapshots", 0, 10_000);
  }

  private static PolicyValueKind.Whole days() {
    return new PolicyValueKind.Whole("days", 0, MAX_DAYS);
  }

  /** The key that clients call so. */
  public static Optional<PolicyKey> named(String wireName) {
    return Arrays.stream(values()).filter(key -> key.wireName.equals(wireName)).findFirst();
  }

  /** What clients call it. */
  public String wireName() {
    return wireName;
  }

  /** Sort and bounds. */
  public PolicyValueKind kind() {
    return kind;
  }

  /** What holds when no policy sets it. */
  public Object builtIn() {
    return builtIn;
  }

  /** Whether a smaller value lets more be deleted, or sooner. */
  public boolean protects() {
    return protects;
  }

  /** Whether {@code after} protects less than {@code before}. */
  public boolean weaker(Object before, Object after) {
    if (isAlarm()) {
      // None at all is the weakest, and a larger threshold is a later alarm.
      return !before.equals(after)
          && !before.equals(0L)
          && (after.equals(0L) || (Long) after > (Long) before);
    }
    return protects && (Long) after < (Long) before;
  }

  private boolean isAlarm() {
    return this == CHANGE_ALARM_PERCENT || this == CHANGE_ALARM_PEOPLE;
  }
}
