package org.hikae.insight.recovery.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.control.SmallDepartmentRules;
import org.hikae.insight.recovery.entity.RecoveryDay;
import org.hikae.insight.recovery.service.RecoveryCache;
import org.hikae.insight.recovery.store.RecoveryDayStore;
import org.hikae.insight.recovery.store.RecoveryFigures;
import org.hikae.insight.recovery.store.RecoveryFigures.RecoveryCount;
import org.hikae.insight.recovery.view.RecoveryRow;
import org.hikae.insight.recovery.view.RecoveryTrendDay;

/**
 * Shows who runs the backup how many people have shown that they can recover (spec HK1-R-18). It
 * names nobody, and no department with fewer than {@link SmallDepartmentRules#LEAST} people.
 */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.COMPANY)
public class RecoveryQueries {

  @Inject private RecoveryFigures figures;
  @Inject private RecoveryDayStore days;
  @Inject private RecoveryCache recoveryCache;
  @Inject private Clock clock;

  /** Everybody, as it was at most a minute ago. */
  public RecoveryRow everybody() {
    Instant now = clock.instant();
    return recoveryCache.everybody(
        now, () -> row(figures.everybody(now.minus(RecoveryRow.WITHIN))));
  }

  /** Departments, as they were at most five minutes ago; small ones together. */
  public List<RecoveryRow> departments() {
    Instant now = clock.instant();
    return recoveryCache.departments(
        now,
        () ->
            SmallDepartmentRules.grouped(
                figures.departments(now.minus(RecoveryRow.WITHIN)).stream()
                    .map(RecoveryQueries::row)
                    .toList(),
                RecoveryRow::people,
                RecoveryRow::path,
                RecoveryRow.OTHERS,
                RecoveryRow::with));
  }

  /**
   * Day by day, oldest first. Days on which no portal ran are missing.
   *
   * @param count days to look back, today included; 1 to {@link RecoveryDayStore#MOST}
   */
  public List<RecoveryTrendDay> days(int count) {
    if (count < 1 || count > RecoveryDayStore.MOST) {
      throw new IllegalArgumentException("count must be 1 to " + RecoveryDayStore.MOST);
    }
    LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(count - 1L);
    return days.since(first).stream().map(RecoveryQueries::day).toList();
  }

  private static RecoveryRow row(RecoveryCount count) {
    return new RecoveryRow(
        count.path(), count.people(), count.drilled(), count.practised(), count.proven());
  }

  private static RecoveryTrendDay day(RecoveryDay noted) {
    return new RecoveryTrendDay(
        noted.day(),
        noted.notedAt(),
        new RecoveryRow("", noted.people(), noted.drilled(), noted.practised(), noted.proven()));
  }
}
