package org.hikae.insight.faces;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.hikae.insight.boundary.EmployeeInsight;
import org.hikae.insight.boundary.EmployeePage;
import org.hikae.insight.boundary.EmployeeQuery;
import org.hikae.insight.boundary.EmployeeRow;
import org.hikae.insight.boundary.OptInState;
import org.hikae.insight.boundary.RunState;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** All employees, a page at a time; filtered and sorted by the database. */
@Named
@ViewScoped
public class EmployeesPage implements Serializable {

  private static final Map<String, EmployeeQuery.Sort> COLUMNS =
      Map.of(
          "displayName", EmployeeQuery.Sort.NAME,
          "optIn", EmployeeQuery.Sort.OPT_IN,
          "devices", EmployeeQuery.Sort.DEVICES,
          "lastRunAt", EmployeeQuery.Sort.LAST_RUN,
          "lastBackupAt", EmployeeQuery.Sort.LAST_BACKUP,
          "storedBytes", EmployeeQuery.Sort.STORED_BYTES);

  @Inject private EmployeeInsight insight;

  private @Nullable String text;
  private @Nullable OptInState optIn;
  private @Nullable RunState lastRun;
  private LazyDataModel<EmployeeRow> employees = new Table();

  /** Starts unfiltered, unless the address says otherwise. */
  @PostConstruct
  void load() {
    employees = new Table();
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

  private EmployeePage page(EmployeeQuery.Sort sort, boolean descending, int offset, int limit) {
    String sought = text == null ? "" : text.strip();
    return insight.page(
        new EmployeeQuery(
            sought.substring(0, Math.min(sought.length(), EmployeeQuery.MAX_TEXT_CHARS)),
            optIn,
            lastRun,
            sort,
            descending),
        offset,
        limit);
  }

  private final class Table extends LazyDataModel<EmployeeRow> {

    @Override
    public int count(Map<String, FilterMeta> filters) {
      return Math.toIntExact(page(EmployeeQuery.Sort.NAME, false, 0, 1).total());
    }

    @Override
    public List<EmployeeRow> load(
        int first, int pageSize, Map<String, SortMeta> sorts, Map<String, FilterMeta> filters) {
      SortMeta chosen = sorts.values().stream().filter(SortMeta::isActive).findFirst().orElse(null);
      EmployeeQuery.Sort sort =
          chosen == null
              ? EmployeeQuery.Sort.NAME
              : COLUMNS.getOrDefault(chosen.getField(), EmployeeQuery.Sort.NAME);
      boolean descending = chosen != null && chosen.getOrder().isDescending();
      int limit = Math.clamp(pageSize, 1, EmployeeQuery.MAX_LIMIT);
      return page(sort, descending, first, limit).employees();
    }

    @Override
    public String getRowKey(EmployeeRow row) {
      return Long.toString(row.employeeId());
    }
  }
}
