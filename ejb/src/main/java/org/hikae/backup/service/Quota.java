package org.hikae.backup.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.backup.store.StorageUseStore;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.BackupPolicy;
import org.hikae.problem.control.Refusal;

/**
 * Holds employees to their quota of live bytes. {@link #charge} is exact under parallel uploads:
 * the comparison and the change are one statement. It belongs at the end of a transaction, because
 * the employee's row stays locked until that ends.
 */
@ApplicationScoped
public class Quota {

  private static final int PERCENT = 100;

  @Inject private StorageUseStore uses;
  @Inject private Policies policies;
  @Inject private Outbox outbox;

  /**
   * What an employee may use, as the policies said when it was asked.
   *
   * @param quotaBytes most live bytes
   * @param noticeBytes live bytes from which the employee is told
   */
  public record Limits(long quotaBytes, long noticeBytes) {

    static Limits of(BackupPolicy policy) {
      // Divided first: a quota times a hundred may not fit.
      long notice = policy.quotaBytes() / PERCENT * policy.quotaNoticePercent();
      return new Limits(policy.quotaBytes(), Math.max(1, notice));
    }
  }

  /** What the employee may use now. Asked once for each upload: it costs as much as the rest. */
  public Limits limits(long employeeId) {
    return Limits.of(policies.of(employeeId));
  }

  /** Refuses, before a body is read, what could not fit now. */
  public void requireRoom(long employeeId, long bytes, Limits limits) {
    long used = uses.of(employeeId).liveBytes();
    if (used > limits.quotaBytes() - bytes) {
      throw refusal(used, limits, bytes);
    }
  }

  /**
   * Counts bytes as live, or refuses.
   *
   * @param bytes bytes that become live
   * @param ofThemHeld how many of them were counted as held
   */
  public void charge(long employeeId, long bytes, long ofThemHeld, Limits limits) {
    if (!uses.charge(employeeId, bytes, ofThemHeld, limits.quotaBytes())) {
      throw refusal(uses.of(employeeId).liveBytes(), limits, bytes);
    }
    if (uses.reached(employeeId, limits.noticeBytes())) {
      outbox.tell(
          employeeId,
          NoticeKind.QUOTA_NEAR,
          Map.of(
              "usedBytes", Long.toString(uses.of(employeeId).liveBytes()),
              "allowedBytes", Long.toString(limits.quotaBytes())));
    }
  }

  /** Counts what is released, taken back or removed; never refused. */
  public void change(long employeeId, long liveBytes, long heldBytes) {
    uses.change(employeeId, liveBytes, heldBytes);
    if (liveBytes < 0) {
      uses.fellBelow(employeeId, limits(employeeId).noticeBytes());
    }
  }

  private static Refusal refusal(long used, Limits limits, long bytes) {
    return Refusal.quotaExceeded(new Refusal.QuotaUsage(used, limits.quotaBytes(), bytes));
  }
}
