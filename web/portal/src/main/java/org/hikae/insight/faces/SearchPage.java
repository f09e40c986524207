package org.hikae.insight.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.hikae.insight.boundary.DeviceListQueries;
import org.hikae.insight.boundary.EmployeeListQueries;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeeRow;
import org.hikae.problem.control.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * People and devices that are called so, for the field of search that is on every page of staff.
 */
@Named
@RequestScoped
public class SearchPage {

  /** Most of each kind that are shown; their lists show all. */
  private static final int SHOWN = 8;

  @Inject private EmployeeListQueries employees;
  @Inject private DeviceListQueries devices;

  private String text = "";
  private EmployeeListQueries.@Nullable EmployeeListRows people;
  private @Nullable DevicePage found;

  /** What is looked for; empty for nothing. */
  public String getText() {
    return text;
  }

  /** Sets what to look for, a part of a name. */
  public void setText(@Nullable String typed) {
    String plain = typed == null ? "" : typed.strip();
    text = plain.substring(0, Math.min(plain.length(), EmployeeCriteria.MAX_TEXT_CHARS));
  }

  /** Employees that are called so, by their names. */
  public List<EmployeeRow> getPeople() {
    return people().employees();
  }

  /** How many there are in all. */
  public long getPeopleTotal() {
    return people().total();
  }

  private EmployeeListQueries.EmployeeListRows people() {
    EmployeeListQueries.EmployeeListRows known = people;
    if (known == null) {
      EmployeeCriteria named =
          new EmployeeCriteria(text, null, null, false, EmployeeCriteria.Sort.NAME, false);
      known =
          text.isEmpty()
              ? new EmployeeListQueries.EmployeeListRows(List.of(), 0)
              : employees.found(named, 0, new PageRequest(SHOWN));
      people = known;
    }
    return known;
  }

  /** Devices that are called so, or whose people are; those with the newest backup first. */
  public List<DevicePage.Entry> getDevices() {
    return devices().devices();
  }

  /** Whether there are more devices. */
  public boolean isMoreDevices() {
    return devices().next() != null;
  }

  private DevicePage devices() {
    DevicePage known = found;
    if (known == null) {
      DeviceCriteria named = new DeviceCriteria(null, null, null, null, null, null, text, true);
      known =
          text.isEmpty()
              ? new DevicePage(List.of(), null)
              : devices.page(named, null, new PageRequest(SHOWN));
      found = known;
    }
    return known;
  }
}
