package org.hikae.backup.view;

import java.time.Instant;
import org.hikae.backup.value.ChangeAlarmId;
import org.jspecify.annotations.Nullable;

/**
 * An alarm that stands: files of a device may have been changed by malware.
 *
 * @param alarmId which one
 * @param employeeId whose backup
 * @param deviceId whose files
 * @param deviceName what its owner calls it
 * @param ofMany whether it took many devices that depart at once
 * @param suspectedSince when the first backup that departs was reported
 * @param goodSnapshotId the last snapshot before that; null when there was none
 * @param goodSnapshotAt when that was made
 */
public record ChangeAlarmView(
    ChangeAlarmId alarmId,
    long employeeId,
    String deviceId,
    String deviceName,
    boolean ofMany,
    Instant suspectedSince,
    @Nullable String goodSnapshotId,
    @Nullable Instant goodSnapshotAt) {}
