package org.hikae.insight.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.hikae.backup.wire.RunReport;
import org.hikae.enrollment.wire.BackupProgram;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * One employee as those see them who run the backup: figures and metadata, nothing that opens or
 * names a file.
 *
 * @param employee the row of the list
 * @param lastBackupBy what made the newest snapshot, if any: AGENT or RESTIC
 * @param departments group paths, in order
 * @param devices their devices, revoked ones last
 * @param protections the protections of K: kind and date, never their bytes
 * @param runs the newest runs
 * @param legalHoldSince since when the backup is on legal hold, if it is
 */
public record EmployeeDetail(
    EmployeeRow employee,
    @Nullable BackupProgram lastBackupBy,
    List<String> departments,
    List<OwnOverview.OwnDevice> devices,
    List<OwnOverview.Protection> protections,
    List<RunRow> runs,
    @Nullable Instant legalHoldSince)
    implements Serializable {

  /**
   * A run.
   *
   * @param deviceName which device
   * @param kind BACKUP, RESTORE or VERIFY
   * @param state how it stands
   * @param startedAt the device's time
   * @param filesDone files done
   * @param filesFailed files that could not be read or written
   * @param bytesSent sent to the portal
   */
  @SchemaName("EmployeeDetailRun")
  public record RunRow(
      String deviceName,
      RunReport.Kind kind,
      RunState state,
      Instant startedAt,
      long filesDone,
      long filesFailed,
      long bytesSent)
      implements Serializable {}
}
