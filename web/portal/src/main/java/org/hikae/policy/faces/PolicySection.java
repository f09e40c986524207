package org.hikae.policy.faces;

import java.util.List;

/** Parts of the form, each about one task; every value stands in one of them. */
enum PolicySection {
  /** What is backed up. */
  CONTENT("content", List.of("backupInclude", "backupExclude", "backupMayNarrow")),
  /** When, and when it is missed. */
  SCHEDULE("schedule", List.of("backupEveryHours", "backupMissedDays", "backupLongMissedDays")),
  /** How long it is kept. */
  KEEPING(
      "keeping",
      List.of(
          "retentionLast",
          "retentionHourly",
          "retentionDaily",
          "retentionWeekly",
          "retentionMonthly",
          "retentionYearly",
          "retentionWithinDays",
          "holdDays",
          "resticRelease",
          "changeAlarmPercent",
          "changeAlarmPeople")),
  /** Keys and passwords, and how often they are tried. */
  KEYS("keys", List.of("keyMethods", "passwordMinCharacters", "drillDays", "practiceDays")),
  /** People and data that leave. */
  LEAVING("leaving", List.of("optOutGraceDays", "leaverKeepDays", "showsLegalHold")),
  /** Limits. */
  LIMITS(
      "limits",
      List.of(
          "quotaBytes",
          "quotaNoticePercent",
          "heldBytes",
          "uploadBytesPerSecond",
          "maxDevices",
          "minAgentVersion"));

  private final String part;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list of String
  private final List<String> keys;

  PolicySection(String part, List<String> keys) {
    this.part = part;
    this.keys = keys;
  }

  /** What texts and addresses call it. */
  String part() {
    return part;
  }

  /** Its values, in the order of the form. */
  List<String> keys() {
    return keys;
  }
}
