package org.hikae.backup.wire;

import java.io.Serializable;

/**
 * What an employee's backup takes, all devices together ({@code GET /api/v1/device/storage}).
 *
 * @param usedBytes live bytes, which count against the quota
 * @param quotaBytes most live bytes
 * @param heldBytes bytes that only released snapshots need, or nothing any more
 * @param heldLimitBytes most such bytes; releases beyond it wait
 * @param waiting releases that wait
 */
public record StorageView(
    long usedBytes, long quotaBytes, long heldBytes, long heldLimitBytes, long waiting)
    implements Serializable {}
