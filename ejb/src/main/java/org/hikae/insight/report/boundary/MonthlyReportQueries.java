package org.hikae.insight.report.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.report.service.MonthlyReportScheduleMapper;
import org.hikae.insight.report.store.MonthlyReportStore;
import org.hikae.insight.report.value.MonthlyReportPeriod;
import org.hikae.insight.report.view.MonthlyReportList;
import org.hikae.insight.report.view.MonthlyReportScheduleView;

/** Shows administrators and auditors which reports there are, and who gets them. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class MonthlyReportQueries {

  @Inject private MonthlyReportStore store;
  @Inject private Clock clock;

  /** The reports that are kept. */
  public MonthlyReportList list() {
    return new MonthlyReportList(
        store.newest().stream()
            .map(head -> new MonthlyReportList.Entry(head.month(), head.computedAt()))
            .toList(),
        MonthlyReportPeriod.at(clock.instant()).text());
  }

  /** Who gets them by mail. */
  public MonthlyReportScheduleView schedule() {
    return MonthlyReportScheduleMapper.of(store.schedule());
  }
}
