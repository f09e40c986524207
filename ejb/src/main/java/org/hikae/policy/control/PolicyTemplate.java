package org.hikae.policy.control;

import java.util.List;
import java.util.Map;

/**
 * Values to begin a policy with, by what people work. They are a proposal: whoever takes one can
 * change each value before anything is saved, and nothing remembers it afterwards. None protects
 * less than what is built in.
 */
public enum PolicyTemplate {

  /** A computer that travels, sleeps for days and sends over networks of others. */
  LAPTOP(
      Map.of(
          PolicyKey.BACKUP_INCLUDE, List.of("~/Documents", "~/Desktop", "~/Pictures"),
          PolicyKey.BACKUP_EXCLUDE, List.of("*.iso", "*.tmp"),
          PolicyKey.BACKUP_EVERY_HOURS, 6L,
          PolicyKey.BACKUP_MISSED_DAYS, 5L,
          PolicyKey.BACKUP_LONG_MISSED_DAYS, 14L,
          PolicyKey.UPLOAD_BYTES_PER_SECOND, 4L << 20,
          PolicyKey.MAX_DEVICES, 3L)),

  /** Much that changes often, and much beside it that can be made again. */
  DEVELOPER(
      Map.of(
          PolicyKey.BACKUP_INCLUDE, List.of("~"),
          PolicyKey.BACKUP_EXCLUDE,
              List.of("node_modules/", "target/", "build/", ".cache/", "*.o", "*.class", "*.iso"),
          PolicyKey.BACKUP_EVERY_HOURS, 4L,
          PolicyKey.RETENTION_HOURLY, 48L,
          PolicyKey.RETENTION_DAILY, 30L,
          PolicyKey.QUOTA_BYTES, 500L << 30,
          PolicyKey.MAX_DEVICES, 5L)),

  /** What the company would miss most, and what has to be there for years. */
  EXECUTIVE(
      Map.of(
          PolicyKey.BACKUP_INCLUDE, List.of("~/Documents", "~/Desktop"),
          PolicyKey.BACKUP_EVERY_HOURS, 4L,
          PolicyKey.BACKUP_MISSED_DAYS, 2L,
          PolicyKey.BACKUP_LONG_MISSED_DAYS, 4L,
          PolicyKey.RETENTION_DAILY, 31L,
          PolicyKey.RETENTION_MONTHLY, 24L,
          PolicyKey.RETENTION_YEARLY, 7L,
          PolicyKey.HOLD_DAYS, 90L,
          PolicyKey.LEAVER_KEEP_DAYS, 365L,
          PolicyKey.KEY_METHODS, "BOTH"));

  @SuppressWarnings("ImmutableEnumChecker") // Long, String or an immutable list of String
  private final Map<PolicyKey, Object> values;

  PolicyTemplate(Map<PolicyKey, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** The values that it proposes. */
  public PolicyValues proposed() {
    return PolicyValues.of(values);
  }
}
