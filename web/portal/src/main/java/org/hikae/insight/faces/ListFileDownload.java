package org.hikae.insight.faces;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.hikae.insight.boundary.ListExport;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.ExportedList;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.FileDownload;

/** Answers with a list as a file for spreadsheets, or says why not. */
@ApplicationScoped
public class ListFileDownload {

  @Inject private ListExport export;
  @Inject private Banner banner;

  /** Sends all employees that the query finds. */
  public void employees(EmployeeCriteria wanted, ListExport.Format format) {
    send(ExportedList.EMPLOYEES, format, out -> export.employees(wanted, format, out));
  }

  /** Sends all devices that the query finds. */
  public void devices(DeviceCriteria wanted, ListExport.Format format) {
    send(ExportedList.DEVICES, format, out -> export.devices(wanted, format, out));
  }

  private void send(ExportedList kind, ListExport.Format format, FileDownload.Writer writer) {
    try {
      export.begin(kind);
    } catch (Refusal refusal) {
      banner.show(refusal);
      return;
    }
    String ending = format.name().toLowerCase(Locale.ROOT);
    String name = "hikae-" + kind.name().toLowerCase(Locale.ROOT) + "." + ending;
    FileDownload.send(name, type(format), writer);
  }

  private static String type(ListExport.Format format) {
    return switch (format) {
      case CSV -> "text/csv;charset=UTF-8";
      case XLSX -> FileDownload.WORKBOOK;
    };
  }
}
