package org.hikae.insight.report.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.insight.report.value.MonthlyReportPeriod;

/** Leaves traces of what happens to reports outside of a transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MonthlyReportAudit {

  @Inject private AuditTrail trail;

  /** The caller gets a report as a file. */
  public void downloaded(MonthlyReportPeriod period, Map<String, String> how) {
    trail.record("monthly-report.download", object(period), how);
  }

  /** The caller had a report sent to their own address. */
  public void tested(MonthlyReportPeriod period, String result) {
    trail.record("monthly-report.test", object(period), Map.of("result", result));
  }

  /** What the trail calls a report. */
  public static String object(MonthlyReportPeriod period) {
    return "monthly-report:" + period.text();
  }
}
