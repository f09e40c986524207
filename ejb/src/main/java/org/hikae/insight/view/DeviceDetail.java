package org.hikae.insight.view;

import java.io.Serializable;
import java.util.List;

/**
 * One device as those see it who run the backup; nothing that opens or names a file.
 *
 * @param device the row of the list
 * @param snapshots how many snapshots of it are known
 * @param runs its newest runs, newest first
 */
public record DeviceDetail(
    DevicePage.Entry device, long snapshots, List<EmployeeDetail.RunRow> runs)
    implements Serializable {

  /** Copies the list. */
  public DeviceDetail {
    runs = List.copyOf(runs);
  }
}
