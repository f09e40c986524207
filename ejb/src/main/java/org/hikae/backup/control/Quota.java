package org.hikae.backup.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.backup.entity.StorageUses;
import org.hikae.notice.boundary.Outbox;
import org.hikae.policy.boundary.BackupPolicy;
import org.hikae.policy.boundary.Policies;
import org.hikae.problem.boundary.Refusal;

/**
 * Holds employees to their quota of live bytes. {@link #charge} is exact under parallel uploads:
 * the comparison and the change are one statement. It belongs at the end of a transaction, because
 * the employee's row stays locked until that ends.
 */
@ApplicationScoped
public class Quota {

  private static final int PERCENT = 100;

  @Inject private StorageUses uses;
  @Inject private Policies policies;
  @Inject private Outbox outbox;

  /** Refuses, before a body is read, what could not fit now. */
  public void requireRoom(long employeeId, long bytes) {
    BackupPolicy policy = policies.of(employeeId);
    long used = uses.of(employeeId).liveBytes();
    if (used > policy.quotaBytes() - bytes) {
      throw refusal(used, policy, bytes);
    }
  }

  /**
   * Counts bytes as live, or refuses.
   *
   * @param bytes bytes that become live
   * @param ofThemHeld how many of them were counted as held
   */
  public void charge(long employeeId, long bytes, long ofThemHeld) {
    BackupPolicy policy = policies.of(employeeId);
    if (!uses.charge(employeeId, bytes, ofThemHeld, policy.quotaBytes())) {
      throw refusal(uses.of(employeeId).liveBytes(), policy, bytes);
    }
    if (uses.reached(employeeId, threshold(policy))) {
      outbox.tell(
          employeeId,
          "quota.near",
          Map.of(
              "usedBytes", Long.toString(uses.of(employeeId).liveBytes()),
              "allowedBytes", Long.toString(policy.quotaBytes())));
    }
  }

  /** Counts what is released, taken back or removed; never refused. */
  public void change(long employeeId, long liveBytes, long heldBytes) {
    uses.change(employeeId, liveBytes, heldBytes);
    if (liveBytes < 0) {
      uses.fellBelow(employeeId, threshold(policies.of(employeeId)));
    }
  }

  private static long threshold(BackupPolicy policy) {
    // Divided first: a quota times a hundred may not fit.
    return Math.max(1, policy.quotaBytes() / PERCENT * policy.quotaNoticePercent());
  }

  private static Refusal refusal(long used, BackupPolicy policy, long bytes) {
    return Refusal.quotaExceeded(new Refusal.Room(used, policy.quotaBytes(), bytes));
  }
}
