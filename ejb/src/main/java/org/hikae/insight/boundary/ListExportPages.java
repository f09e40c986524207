package org.hikae.insight.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.hikae.audit.boundary.AuditTrail;
import org.hikae.insight.control.EmployeeCursor;
import org.hikae.insight.entity.DeviceRows;
import org.hikae.insight.entity.EmployeeFigures;
import org.hikae.insight.entity.EmployeeFilter;
import org.jspecify.annotations.Nullable;

/** The database's half of an export of a list: each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ListExportPages {

  private static final int AT_ONCE = 500;

  @Inject private EmployeeFigures figures;
  @Inject private DeviceRows rows;
  @Inject private AuditTrail trail;

  /** Leaves the trace of an export. */
  public void record(ExportedList kind) {
    trail.record("list.export", "list", Map.of("list", kind.text()));
  }

  /** Employees after a place; {@code now} says whose run fell silent. */
  public EmployeePage employees(EmployeeQuery query, @Nullable String cursor, Instant now) {
    EmployeeFilter filter = EmployeeInsight.filter(query, now);
    return EmployeeInsight.page(
        figures.pageAfter(filter, EmployeeCursor.place(filter, cursor), AT_ONCE), filter, now);
  }

  /** Devices after a place; {@code now} is what their backups' age is counted from. */
  public DevicePage devices(DeviceQuery query, @Nullable String cursor, Instant now) {
    return DeviceInsight.page(rows, query, cursor, AT_ONCE, now);
  }
}
