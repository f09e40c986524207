package org.hikae.insight.report.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.hikae.insight.report.boundary.MonthlyReportExport;
import org.hikae.insight.report.boundary.MonthlyReportQueries;
import org.hikae.insight.report.boundary.MonthlyReportScheduleCommands;
import org.hikae.insight.report.boundary.MonthlyReportTestCommands;
import org.hikae.insight.report.view.MonthlyReportEditConflict;
import org.hikae.insight.report.view.MonthlyReportFile;
import org.hikae.insight.report.view.MonthlyReportFormat;
import org.hikae.insight.report.view.MonthlyReportList;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.TestChannelResult;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.FileDownload;
import org.jspecify.annotations.Nullable;

/** Monthly reports as files, and who gets them by mail. */
@Named
@ViewScoped
public class MonthlyReportPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String BUNDLE = "mrp";
  private static final String SELF = "/admin/monthly-reports?faces-redirect=true";

  @Inject private MonthlyReportQueries queries;
  @Inject private MonthlyReportExport export;
  @Inject private MonthlyReportScheduleCommands commands;
  @Inject private MonthlyReportTestCommands testCommands;
  @Inject private Banner banner;

  private transient @Nullable MonthlyReportList list;
  private @Nullable TestChannelResult result;
  private MonthlyReportForm draft;

  /** Reads what stands. */
  @PostConstruct
  void load() {
    draft = new MonthlyReportForm(queries.schedule());
  }

  private MonthlyReportList list() {
    MonthlyReportList read = list;
    if (read == null) {
      read = queries.list();
      list = read;
    }
    return read;
  }

  /** Sends the report of a month as a file, a PDF in the language of the page. */
  public void download(String month, MonthlyReportFormat format) {
    MonthlyReportFile file;
    try {
      file = export.file(month, format, language());
    } catch (Refusal refusal) {
      banner.show(refusal);
      return;
    }
    FileDownload.send(
        file.name(), file.type(), file.content().length, out -> out.write(file.content()));
  }

  /** Keeps who gets it from now on. */
  public @Nullable String save() {
    try {
      commands.put(draft.edition(), draft.put());
      banner.say(BUNDLE, "done.save");
      return SELF;
    } catch (Refusal refusal) {
      if (refusal.details() instanceof MonthlyReportEditConflict edited) {
        draft.overtaken(edited.current());
        banner.warn(BUNDLE, "overtaken");
      } else if (refusal.code() == ProblemCode.MALFORMED) {
        banner.warn(BUNDLE, "wrong");
      } else {
        banner.show(refusal);
      }
      return null;
    }
  }

  /** Sends the caller the newest report, in the language of the page. */
  public void test() {
    result = null;
    try {
      result = testCommands.run(language());
    } catch (Refusal refusal) {
      banner.show(refusal);
    }
  }

  private static String language() {
    return FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
  }

  /** The reports that are kept. */
  public List<MonthlyReportList.Entry> getReports() {
    return list().reports();
  }

  /** The month that is not over. */
  public String getCurrent() {
    return list().current();
  }

  /** What the form shows. */
  public MonthlyReportForm getDraft() {
    return draft;
  }

  /** How the last test ended; null without one. */
  public @Nullable TestChannelResult getResult() {
    return result;
  }

  /** By which channel tests go. */
  public NoticeChannel getChannel() {
    return NoticeChannel.MAIL;
  }
}
