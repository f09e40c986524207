package org.hikae.insight.view;

import java.util.Locale;

/** Which list is exported. */
public enum ExportedList {
  /** Employees. */
  EMPLOYEES,
  /** Devices. */
  DEVICES;

  /** As the trail and a workbook name it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
