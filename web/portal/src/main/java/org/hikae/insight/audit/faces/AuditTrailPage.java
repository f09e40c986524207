package org.hikae.insight.audit.faces;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.audit.boundary.AuditExport;
import org.hikae.audit.boundary.AuditQueries;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.audit.view.AuditPage;
import org.hikae.audit.view.AuditRow;
import org.hikae.audit.view.AuditVerdict;
import org.hikae.insight.boundary.CoverageQueries;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.EmployeeRow;
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
  private static final String DEVICE = "device:";
  private static final String EMPLOYEE = "employee:";

  @Inject private AuditQueries auditQueries;
  @Inject private AuditExport export;
  @Inject private CoverageQueries coverageQueries;
  @Inject private Banner banner;
  @Inject private AuditTrailFilters filters;
  @Inject private AuditSearch search;
  @Inject private EmployeeListQueries employees;
  @Inject private DeviceListQueries devices;

  private final CursorPaging paging = new CursorPaging();
  private transient @Nullable List<Event> events;
  private boolean cut;
  private @Nullable AuditVerdict verdict;

  /**
   * An event in words.
   *
   * @param row the event
   * @param actor name now, or {@code sub}, or the part of the portal
   * @param person whether a person acted
   * @param action what was done
   * @param concerned what the employee is called now whom it concerns; null for nobody in
   *     particular
   * @param device what the device is called to which it was done; null for anything else
   * @param object to what, in words where there are any; null when the two before say it
   * @param facts what else is known
   */
  public record Event(
      AuditRow row,
      String actor,
      boolean person,
      String action,
      @Nullable String concerned,
      @Nullable String device,
      @Nullable String object,
      List<AuditText.Fact> facts) {

    /** The device's identifier. */
    public String deviceId() {
      return row.object().substring(DEVICE.length());
    }
  }

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

  /** Whether events may be missing, because a word means too much. */
  public boolean isCut() {
    return cut;
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

  private static AuditText words() {
    FacesContext faces = FacesContext.getCurrentInstance();
    return new AuditText(
        faces.getApplication().getResourceBundle(faces, "trl"),
        faces.getApplication().getResourceBundle(faces, "pol"),
        faces.getApplication().getResourceBundle(faces, "ntc"));
  }

  private AuditCriteria query() {
    return filters.query(search.terms(filters.getText(), words()));
  }

  private void download(AuditExport.Format format, String ending, String type) {
    AuditExport.PreparedExport job;
    AuditCriteria wanted = query();
    if (search.isCut()) {
      banner.warn("trl", "cut");
      return;
    }
    try {
      job = export.begin(wanted, format);
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
    AuditPage page = auditQueries.page(query(), paging.current(), new PageRequest(PAGE));
    cut = search.isCut();
    paging.found(page.next());
    List<AuditRow> rows = page.events();
    NamesOfPage names =
        new NamesOfPage(
            coverageQueries.names(
                rows.stream()
                    .flatMap(
                        row ->
                            Stream.concat(
                                Stream.of(row.actorSubject()),
                                AuditText.people(row.detail()).stream()))
                    .collect(Collectors.toSet())),
            employees
                .some(
                    rows.stream()
                        .map(AuditRow::employeeId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(EmployeeRow::employeeId, EmployeeRow::displayName)),
            devices
                .some(rows.stream().flatMap(AuditTrailPage::devices).collect(Collectors.toSet()))
                .stream()
                .collect(Collectors.toMap(DevicePage.Entry::deviceId, DevicePage.Entry::name)));
    AuditText words = words();
    return rows.stream().map(row -> names.event(row, words)).toList();
  }

  private static Stream<String> devices(AuditRow row) {
    Stream<String> told = AuditText.devices(row.detail()).stream();
    return row.object().startsWith(DEVICE)
        ? Stream.concat(told, Stream.of(row.object().substring(DEVICE.length())))
        : told;
  }

  /**
   * What those are called now whom the events of a page name.
   *
   * @param actors by {@code sub}
   * @param employees by their numbers
   * @param devices by their identifiers
   */
  private record NamesOfPage(
      Map<String, String> actors, Map<Long, String> employees, Map<String, String> devices) {

    Event event(AuditRow row, AuditText words) {
      String object = row.object();
      String device =
          object.startsWith(DEVICE) ? devices.get(object.substring(DEVICE.length())) : null;
      String concerned = row.employeeId() == null ? null : employees.get(row.employeeId());
      boolean told = device != null || (concerned != null && object.startsWith(EMPLOYEE));
      return new Event(
          row,
          actors.getOrDefault(row.actorSubject(), row.actorSubject()),
          !row.actorIssuer().equals(SYSTEM),
          words.action(row.action()),
          concerned,
          device,
          told ? null : words.object(object),
          words.facts(row.detail(), known()));
    }

    private Map<String, String> known() {
      Map<String, String> known = new HashMap<>(actors);
      known.putAll(devices);
      return known;
    }
  }
}
