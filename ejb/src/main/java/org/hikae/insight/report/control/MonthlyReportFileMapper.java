package org.hikae.insight.report.control;

import java.util.Locale;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;

/** Makes files of reports. */
public final class MonthlyReportFileMapper {

  private MonthlyReportFileMapper() {}

  /**
   * A report as a file.
   *
   * @param language {@code en} or {@code ja}; of a CSV file it changes nothing
   */
  public static MonthlyReportFile of(
      MonthlyReportDocument document, MonthlyReportFormat format, String language) {
    String name =
        "hikae-monthly-report-"
            + document.content().period().text()
            + (document.content().isPreview() ? "-preview" : "")
            + "."
            + format.name().toLowerCase(Locale.ROOT);
    return switch (format) {
      case PDF ->
          new MonthlyReportFile(
              name, "application/pdf", new MonthlyReportPdfWriter(language).write(document));
      case CSV ->
          new MonthlyReportFile(
              name, "text/csv;charset=UTF-8", MonthlyReportCsvWriter.write(document));
    };
  }
}
