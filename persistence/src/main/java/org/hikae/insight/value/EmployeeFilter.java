package org.hikae.insight.value;

import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.caller.value.DepartmentScope;
import org.jspecify.annotations.Nullable;

/**
 * Which employees to find, and in which order. Absent parts find everyone.
 *
 * @param text part of a name, user name or mail, in any case; blank finds all
 * @param standing where they stand
 * @param lastRun how the newest run stands
 * @param failedSince whose newest run failed at or after this instant
 * @param group members of this group itself
 * @param health whether they are protected
 * @param order what to order by; employees without a value come last
 * @param descending from large to small
 * @param scope people of these departments only
 */
public record EmployeeFilter(
    String text,
    @Nullable EnrollmentStatus standing,
    @Nullable LastRunCondition lastRun,
    @Nullable Instant failedSince,
    @Nullable String group,
    @Nullable Health health,
    Order order,
    boolean descending,
    DepartmentScope scope) {

  /** Of the whole company, of any group, protected or not. */
  public EmployeeFilter(
      String text,
      @Nullable EnrollmentStatus standing,
      @Nullable LastRunCondition lastRun,
      @Nullable Instant failedSince,
      Order order,
      boolean descending) {
    this(
        text,
        standing,
        lastRun,
        failedSince,
        null,
        null,
        order,
        descending,
        DepartmentScope.COMPANY);
  }

  /** How runs end that did not do what they should, and that nobody stopped. */
  public static final List<RunResult> FAILURES =
      List.of(
          RunResult.NETWORK,
          RunResult.REFUSED,
          RunResult.CORRUPT,
          RunResult.LOCKED,
          RunResult.LOCAL,
          RunResult.INTERNAL);

  /** Whether it leaves nobody out. */
  public boolean findsAll() {
    return text.isBlank()
        && standing == null
        && lastRun == null
        && failedSince == null
        && group == null
        && health == null
        && scope.wholeCompany();
  }

  /** Where an employee stands, in the order of lists; kept as its ordinal. */
  public enum EnrollmentStatus {
    /** Never had a set. */
    NONE,
    /** Had a set and has none now. */
    WITHDRAWN,
    /** The set in use is pending. */
    PENDING,
    /** The set in use is active. */
    ACTIVE
  }

  /**
   * How the newest run stands.
   *
   * @param result what was reported last
   * @param staleBefore for RUNNING only: the instant that tells silent runs from live ones
   * @param stale for RUNNING only: whether silent runs are meant
   */
  public record LastRunCondition(RunResult result, Instant staleBefore, boolean stale) {}

  /**
   * Whether those who take part are protected: they have a device, and each one was backed up.
   *
   * @param isProtected whether those are meant who are, or those who are not
   * @param backedUpSince since when each device was
   */
  public record Health(boolean isProtected, Instant backedUpSince) {}

  /** Columns with an order. */
  public enum Order {
    /** Display name. */
    NAME("nameKey"),
    /** Where they stand. */
    STANDING("standing"),
    /** Devices that are not revoked. */
    DEVICES("devices"),
    /** Last report of the newest run. */
    LAST_RUN("lastRunAt"),
    /** Newest snapshot. */
    LAST_BACKUP("lastBackupAt"),
    /** Bytes stored. */
    STORED_BYTES("storedBytes");

    private final String attribute;

    Order(String attribute) {
      this.attribute = attribute;
    }

    /** Attribute of {@code EmployeeSummary}. */
    public String attribute() {
      return attribute;
    }

    /** Whether employees may have no value. */
    public boolean mayBeAbsent() {
      return this == LAST_RUN || this == LAST_BACKUP;
    }
  }
}
