package org.hikae.policy.boundary;

import java.time.Duration;

/**
 * What holds for an employee's backup.
 *
 * @param quotaBytes most live bytes
 * @param quotaNoticePercent share of the quota from which the employee is told
 * @param heldBytes most bytes that only released snapshots need
 * @param retention which snapshots stay
 * @param hold how long a released or dropped snapshot can be taken back
 * @param optOutGrace how long an opt-out can be taken back
 * @param showsLegalHold whether employees see that theirs is on hold
 */
public record BackupPolicy(
    long quotaBytes,
    int quotaNoticePercent,
    long heldBytes,
    Retention retention,
    Duration hold,
    Duration optOutGrace,
    boolean showsLegalHold) {}
