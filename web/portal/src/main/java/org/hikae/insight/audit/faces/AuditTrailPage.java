package org.hikae.insight.audit.faces;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.audit.boundary.AuditExport;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditPage;
import org.hikae.audit.view.AuditRow;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.problem.control.PageRequest;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.ui.faces.Banner;
import org.hikae.ui.faces.CursorPaging;
import org.hikae.ui.faces.FileDownload;
import org.jspecify.annotations.Nullable;

/** What happened, newest first, read by keyset, so that no page skips an event. */
@Named
@ViewScoped
public class AuditTrailPage implements Serializable {

  private static final int PAGE = 50;
  private static final String SYSTEM = "system";

  @Inject private AuditQueries auditQueries;
  @Inject private AuditExport export;
  @Inject private CoverageQueries coverageQueries;
  @Inject private Banner banner;
  @Inject private AuditTrailFilters filters;

  private final CursorPaging paging = new CursorPaging();
  private transient @Nullable List<Event> events;
  private transient @Nullable AuditVerdict verdict;

  /**
   * An event with its actor's name.
   *
   * @param row the event
   * @param actor name now, or {@code sub}, or the part of the portal
   * @param person whether a person acted
   */
  public record Event(AuditRow row, String actor, boolean person) {}

  /** Looks again, from the newest on. */
  public void search() {
    paging.restart();
    events = null;
  }

  /** Looks for everything. */
  public void clear() {
    filters.clear();
    search();
  }

  /** Shows older events. */
  public void older() {
    paging.forward();
    events = null;
  }

  /** Shows newer events. */
  public void newer() {
    paging.back();
    events = null;
  }

  /** Checks the whole trail, part by part. */
  public void verify() {
    AuditVerdict part = auditQueries.verify(0);
    while (part.intact() && !part.complete()) {
      part = auditQueries.verify(part.events());
    }
    verdict = part;
  }

  /** Sends what is looked for as a file for spreadsheets. */
  public void downloadCsv() {
    download(AuditExport.Format.CSV, "csv", "text/csv;charset=UTF-8");
  }

  /** Sends what is looked for as a workbook, or says that it is too much for one. */
  public void downloadWorkbook() {
    download(AuditExport.Format.XLSX, "xlsx", FileDownload.WORKBOOK);
  }

  /** Sends what is looked for as a file that can be checked. */
  public void downloadLines() {
    download(AuditExport.Format.JSONL, "jsonl", "application/jsonl;charset=UTF-8");
  }

  /** Events of this page. */
  public List<Event> getEvents() {
    List<Event> shown = events;
    if (shown == null) {
      shown = read();
      events = shown;
    }
    return shown;
  }

  /** What is looked for. */
  public AuditTrailFilters getFilters() {
    return filters;
  }

  /** Where the list is. */
  public CursorPaging getPaging() {
    return paging;
  }

  /** What the last check found, if there was one. */
  public @Nullable AuditVerdict getVerdict() {
    return verdict;
  }

  private void download(AuditExport.Format format, String ending, String type) {
    AuditExport.PreparedExport job;
    try {
      job = export.begin(filters.query(), format);
    } catch (Refusal refusal) {
      if (refusal.code() == ProblemCode.TOO_LARGE) {
        banner.warn("ppl", "audit.xlsx.large");
      } else {
        banner.show(refusal);
      }
      return;
    }
    String name = "hikae-audit-" + job.end().seq() + "." + ending;
    FileDownload.send(name, type, out -> export.write(job, out));
  }

  private List<Event> read() {
    AuditPage page = auditQueries.page(filters.query(), paging.current(), new PageRequest(PAGE));
    paging.found(page.next());
    Map<String, String> names =
        coverageQueries.names(
            page.events().stream().map(AuditRow::actorSubject).collect(Collectors.toSet()));
    return page.events().stream()
        .map(
            row ->
                new Event(
                    row,
                    names.getOrDefault(row.actorSubject(), row.actorSubject()),
                    !row.actorIssuer().equals(SYSTEM)))
        .toList();
  }
}
