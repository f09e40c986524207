package org.hikae.insight.report.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.hikae.insight.report.control.MonthlyReportFileMapper;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportDocument;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.notice.control.MailFile;
import org.hikae.notice.control.OutgoingMessage;
import org.hikae.notice.service.MailFileProvider;
import org.hikae.notice.wire.NoticeKind;

/** Gives the files of the report that a mail tells of: PDF and CSV. */
@ApplicationScoped
public class MonthlyReportFileProvider implements MailFileProvider {

  /** The fact of the notice that says which month. */
  public static final String MONTH = "month";

  @Inject private MonthlyReportReader reader;

  @Override
  public List<MailFile> files(OutgoingMessage.Content content, String language) {
    if (content.kind() != NoticeKind.MONTHLY_REPORT) {
      return List.of();
    }
    return MonthlyReportPeriod.parse(content.detail().getOrDefault(MONTH, ""))
        .flatMap(reader::find)
        .map(document -> files(document, language))
        .orElse(List.of());
  }

  private static List<MailFile> files(MonthlyReportDocument document, String language) {
    return Arrays.stream(MonthlyReportFormat.values())
        .map(format -> MonthlyReportFileMapper.of(document, format, language))
        .map(MonthlyReportFileProvider::file)
        .toList();
  }

  private static MailFile file(MonthlyReportFile file) {
    return new MailFile(file.name(), file.type(), file.content());
  }
}
