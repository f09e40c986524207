package org.hikae.insight.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.insight.view.DeviceCriteria;
import org.hikae.insight.view.DevicePage;
import org.hikae.insight.view.EmployeeCriteria;
import org.hikae.insight.view.EmployeePage;
import org.hikae.insight.view.ExportedList;
import org.jspecify.annotations.Nullable;

/** The database's half of an export of a list: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ListExportSteps {

  private static final int AT_ONCE = 500;

  @Inject private EmployeeListReader employees;
  @Inject private DeviceListReader devices;
  @Inject private AuditTrail trail;

  /** Leaves the trace of an export. */
  public void record(ExportedList kind) {
    trail.record("list.export", "list", Map.of("list", kind.text()));
  }

  /** Employees of a scope after a place; {@code now} says whose run fell silent. */
  public EmployeePage employees(
      EmployeeCriteria query, DepartmentScope scope, @Nullable String cursor, Instant now) {
    return employees.pageAfter(query, scope, cursor, AT_ONCE, now);
  }

  /**
   * Devices of people of a scope after a place; {@code now} is what their backups' age is counted
   * from.
   */
  public DevicePage devices(
      DeviceCriteria query, DepartmentScope scope, @Nullable String cursor, Instant now) {
    return devices.page(query, scope, cursor, AT_ONCE, now);
  }
}
