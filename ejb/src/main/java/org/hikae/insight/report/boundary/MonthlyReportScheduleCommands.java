package org.hikae.insight.report.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.report.entity.MonthlyReportSchedule;
import org.hikae.insight.report.service.MonthlyReportScheduleMapper;
import org.hikae.insight.report.store.MonthlyReportStore;
import org.hikae.insight.report.view.MonthlyReportEditConflict;
import org.hikae.insight.report.view.MonthlyReportScheduleView;
import org.hikae.insight.report.view.PutMonthlyReportSchedule;
import org.hikae.notice.service.RecipientParser;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.schema.value.TextTruncation;
import org.jspecify.annotations.Nullable;

/** Administrators say who gets the report by mail; whoever does names the edition they saw. */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class MonthlyReportScheduleCommands {

  private static final Set<String> LANGUAGES = Set.of("en", "ja");

  /** Of an address only what stands behind its sign is told: it may be a person's. */
  private static final int MAX_DOMAINS_CHARS = 1000;

  @Inject private MonthlyReportStore store;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * Says who gets it from the next report on.
   *
   * @param edition the one that the caller saw
   */
  public MonthlyReportScheduleView put(@Nullable Long edition, PutMonthlyReportSchedule wanted) {
    List<String> addresses = addresses(wanted);
    if (!LANGUAGES.contains(wanted.language())) {
      throw Refusal.malformed("language must be en or ja.");
    }
    if (edition == null) {
      throw Refusal.malformed("If-Match must name the edition that you saw.");
    }
    MonthlyReportSchedule schedule = store.lockSchedule();
    if (edition != schedule.edition()) {
      throw Refusal.with(
          ProblemCode.EDITED_MEANWHILE,
          new MonthlyReportEditConflict(MonthlyReportScheduleMapper.of(schedule)));
    }
    schedule.put(wanted.enabled(), addresses, wanted.language(), clock.instant());
    trail.record(
        "monthly-report.schedule",
        "monthly-report-schedule",
        Map.of(
            "edition", Long.toString(schedule.edition()),
            "enabled", Boolean.toString(wanted.enabled()),
            "recipients", Integer.toString(addresses.size()),
            "domains", domains(addresses),
            "language", wanted.language()));
    return MonthlyReportScheduleMapper.of(schedule);
  }

  private static List<String> addresses(PutMonthlyReportSchedule wanted) {
    List<String> addresses = wanted.addresses().stream().distinct().toList();
    boolean few = addresses.size() <= RecipientParser.MAX_ADDRESSES;
    boolean some = !wanted.enabled() || !addresses.isEmpty();
    if (!few || !some || !addresses.stream().allMatch(RecipientParser::isAddress)) {
      throw Refusal.malformed(
          "addresses must be at most "
              + RecipientParser.MAX_ADDRESSES
              + " plain mail addresses, and at least one to be sent.");
    }
    return addresses;
  }

  private static String domains(List<String> addresses) {
    String domains =
        addresses.stream()
            .map(address -> address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    return TextTruncation.to(domains, MAX_DOMAINS_CHARS);
  }
}
