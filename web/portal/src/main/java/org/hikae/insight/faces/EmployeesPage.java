package org.hikae.insight.faces;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.enrollment.wire.OptInState;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.boundary.ListExport;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.insight.view.RunState;
import org.hikae.problem.control.PageRequest;
import org.hikae.ui.faces.EnumText;
import org.hikae.ui.faces.SavedFilters;
import org.jspecify.annotations.Nullable;
import org.primefaces.component.datatable.DataTable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** All employees, a page at a time; filtered and sorted by the database. */
@Named
@ViewScoped
public class EmployeesPage implements Serializable {

  private static final Map<String, EmployeeCriteria.Sort> COLUMNS =
      Map.of(
          "displayName", EmployeeCriteria.Sort.NAME,
          "optIn", EmployeeCriteria.Sort.OPT_IN,
          "devices", EmployeeCriteria.Sort.DEVICES,
          "lastRunAt", EmployeeCriteria.Sort.LAST_RUN,
          "lastBackupAt", EmployeeCriteria.Sort.LAST_BACKUP,
          "storedBytes", EmployeeCriteria.Sort.STORED_BYTES);

  /** Rows of a page until somebody wants more. */
  private static final int PAGE = 25;

  private static final String LIST = "employees";
  private static final String LATELY = "lately";
  private static final int MAX_PATH_CHARS = 255;
  private static final List<String> OPTIONAL =
      List.of("optIn", "devices", "lastRun", "lastBackup", "stored");

  @Inject private EmployeeListQueries employeeQueries;
  @Inject private ListFileDownload file;
  @Inject private EmployeeSelection selection;
  @Inject private SavedFilters saved;

  private @Nullable String text;
  private @Nullable OptInState optIn;
  private @Nullable RunState lastRun;
  private boolean failed;
  private @Nullable String department;
  private EmployeeCriteria.@Nullable Health health;
  private List<String> columns = OPTIONAL;
  private Map<String, Boolean> shown = shown(OPTIONAL);
  private final LazyDataModel<EmployeeRow> employees = new Table();

  /** Takes the columns of the last visit, and its filters when the address has none. */
  public void restore() {
    Map<String, String> kept = saved.restore(LIST);
    if (!kept.isEmpty()) {
      text = kept.get("text");
      optIn = EnumText.named(OptInState.class, kept.get("optIn"));
      lastRun = EnumText.named(RunState.class, kept.get("lastRun"));
      failed = kept.containsKey("failed");
      department = kept.get("department");
      setHealth(kept.get("health"));
    }
    String chosen = saved.of(LIST).get("columns");
    setColumns(chosen == null ? OPTIONAL : List.of(chosen.split(" ", -1)));
  }

  /** Looks for others. */
  public void search() {
    selection.filterChanged();
  }

  /** Shows everybody. */
  public void clear() {
    search();
    text = null;
    optIn = null;
    lastRun = null;
    failed = false;
    department = null;
    health = null;
  }

  /**
   * Sends all employees that the filters find, as a file for spreadsheets.
   *
   * @param format the kind of file
   */
  public void download(ListExport.Format format) {
    file.employees(getWanted(), format);
  }

  /** Whom the filters find, by name. */
  public EmployeeCriteria getWanted() {
    return query(EmployeeCriteria.Sort.NAME, false);
  }

  /** Rows of a page until somebody wants more. */
  public int getRows() {
    return PAGE;
  }

  /** Columns that may be hidden. */
  public List<String> getOptionalColumns() {
    return OPTIONAL;
  }

  /** Those of them that are shown. */
  public List<String> getColumns() {
    return columns;
  }

  /** Sets the columns to show. */
  public void setColumns(List<String> chosen) {
    columns = OPTIONAL.stream().filter(chosen::contains).toList();
    shown = shown(columns);
  }

  /** Whether each column that may be hidden is shown: what every cell of the table asks. */
  public Map<String, Boolean> getShown() {
    return shown;
  }

  private static Map<String, Boolean> shown(List<String> columns) {
    return OPTIONAL.stream().collect(Collectors.toMap(column -> column, columns::contains));
  }

  /** The rows; read when the table asks. */
  public LazyDataModel<EmployeeRow> getEmployees() {
    return employees;
  }

  /** States to choose from. */
  public OptInState[] getOptInStates() {
    return OptInState.values();
  }

  /** States of the last run to choose from. */
  public RunState[] getRunStates() {
    return RunState.values();
  }

  /** Part of a name, user name or mail. */
  public @Nullable String getText() {
    return text;
  }

  /** Sets the text to look for. */
  public void setText(@Nullable String text) {
    this.text = text;
  }

  /** Only employees in this state. */
  public @Nullable OptInState getOptIn() {
    return optIn;
  }

  /** Sets the state to look for. */
  public void setOptIn(@Nullable OptInState optIn) {
    this.optIn = optIn;
  }

  /** Only employees whose last run stands so. */
  public @Nullable RunState getLastRun() {
    return lastRun;
  }

  /** Sets the state of the last run to look for. */
  public void setLastRun(@Nullable RunState lastRun) {
    this.lastRun = lastRun;
  }

  /** {@code lately} for only employees whose last run failed in the last 24 hours. */
  public @Nullable String getFailed() {
    return failed ? LATELY : null;
  }

  /** Sets whether only they are looked for. */
  public void setFailed(@Nullable String wanted) {
    failed = LATELY.equals(wanted);
  }

  /** Only members of exactly this department, a group path at Keycloak. */
  public @Nullable String getDepartment() {
    return department;
  }

  /** Sets the department; a blank one finds all. */
  public void setDepartment(@Nullable String wanted) {
    String path = wanted == null ? "" : wanted.strip();
    department = path.isEmpty() ? null : path.substring(0, Math.min(path.length(), MAX_PATH_CHARS));
  }

  /** Only employees who are protected, or who are not. */
  public @Nullable String getHealth() {
    return health == null ? null : health.name();
  }

  /** Sets which; what is neither finds all. */
  public void setHealth(@Nullable String wanted) {
    health = EnumText.named(EmployeeCriteria.Health.class, wanted);
  }

  /** Both. */
  public EmployeeCriteria.Health[] getHealthChoices() {
    return EmployeeCriteria.Health.values();
  }

  private EmployeeCriteria query(EmployeeCriteria.Sort sort, boolean descending) {
    String sought = text == null ? "" : text.strip();
    return new EmployeeCriteria(
        sought.substring(0, Math.min(sought.length(), EmployeeCriteria.MAX_TEXT_CHARS)),
        optIn,
        lastRun,
        failed,
        department,
        health,
        sort,
        descending);
  }

  private void keep() {
    Map<String, String> filters = new HashMap<>();
    if (text != null) {
      filters.put("text", text);
    }
    if (optIn != null) {
      filters.put("optIn", optIn.name());
    }
    if (lastRun != null) {
      filters.put("lastRun", lastRun.name());
    }
    if (failed) {
      filters.put("failed", LATELY);
    }
    if (department != null) {
      filters.put("department", department);
    }
    if (health != null) {
      filters.put("health", health.name());
    }
    filters.put("columns", String.join(" ", columns));
    saved.keep(LIST, filters);
  }

  /** A page of the table. */
  private record TableRequest(EmployeeCriteria query, int first, int limit) {}

  private TableRequest asked(int first, int limit, Map<String, SortMeta> sorts) {
    SortMeta chosen = sorts.values().stream().filter(SortMeta::isActive).findFirst().orElse(null);
    EmployeeCriteria.Sort sort =
        chosen == null
            ? EmployeeCriteria.Sort.NAME
            : COLUMNS.getOrDefault(chosen.getField(), EmployeeCriteria.Sort.NAME);
    boolean descending = chosen != null && chosen.getOrder().isDescending();
    return new TableRequest(
        query(sort, descending), first, Math.clamp(limit, 1, EmployeeCriteria.MAX_LIMIT));
  }

  private final class Table extends LazyDataModel<EmployeeRow> {

    private transient @Nullable EmployeeCriteria counted;
    private transient @Nullable TableRequest known;
    private transient @Nullable List<EmployeeRow> knownRows;
    private int total;

    /**
     * Counts once for each search: who turns pages or sorts finds the same employees. What counts
     * finds the page that is shown next, too: a text is looked for in everybody once, not twice.
     */
    @Override
    public int count(Map<String, FilterMeta> filters) {
      EmployeeCriteria wanted = getWanted();
      if (!wanted.equals(counted)) {
        TableRequest asked =
            UIComponent.getCurrentComponent(FacesContext.getCurrentInstance())
                    instanceof DataTable t
                ? asked(t.getFirst(), t.getRows(), t.getActiveSortMeta())
                : asked(0, PAGE, Map.of());
        EmployeeListQueries.EmployeeListRows found =
            employeeQueries.found(asked.query(), asked.first(), new PageRequest(asked.limit()));
        total = Math.toIntExact(found.total());
        known = asked;
        knownRows = found.employees();
        counted = wanted;
      }
      return total;
    }

    @Override
    public List<EmployeeRow> load(
        int first, int pageSize, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
      keep();
      TableRequest asked = asked(first, pageSize, sorts);
      List<EmployeeRow> counting = knownRows;
      List<EmployeeRow> rows =
          counting != null && asked.equals(known)
              ? counting
              : employeeQueries.rows(asked.query(), asked.first(), new PageRequest(asked.limit()));
      known = null;
      knownRows = null;
      return rows;
    }

    @Override
    public String getRowKey(EmployeeRow row) {
      return Long.toString(row.employeeId());
    }
  }
}
