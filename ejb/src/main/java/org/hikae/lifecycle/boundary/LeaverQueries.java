package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.service.LeaverAccounts;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.wire.RealmNames;
import org.hikae.lifecycle.control.LeaverRetention;
import org.hikae.lifecycle.entity.Leaver;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.lifecycle.store.LeaverStore;
import org.hikae.lifecycle.value.LeaverState;
import org.hikae.lifecycle.view.LeaverPage;
import org.hikae.lifecycle.view.LeaverView;
import org.hikae.problem.control.PageRequest;
import org.hikae.schema.value.RowId;
import org.jspecify.annotations.Nullable;

/** Shows those who run the portal who left and when their data goes. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.LISTED)
public class LeaverQueries {

  /** Most leavers on a page. */
  public static final int MAX_PAGE = 200;

  @Inject private LeaverAccounts leaverAccounts;
  @Inject private LeaverStore leavers;
  @Inject private ErasureStore erasures;
  @Inject private LegalHolds legalHold;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /** Leavers above an employee's number, ascending; null from the first. */
  public LeaverPage page(@Nullable EmployeeId after, PageRequest asked) {
    int limit = asked.within(MAX_PAGE);
    List<LeaverAccounts.LeaverAccount> page =
        leaverAccounts.after(currentCaller.caller().scope(), RowId.after(after), limit);
    Map<Long, Leaver> handled =
        leavers
            .current(page.stream().map(LeaverAccounts.LeaverAccount::employeeId).toList())
            .stream()
            .collect(Collectors.toMap(Leaver::employeeId, Function.identity()));
    Instant wall = clock.instant();
    return new LeaverPage(
        page.stream().map(one -> view(one, handled.get(one.employeeId()), wall)).toList(),
        page.size() < limit ? null : (Long) page.getLast().employeeId());
  }

  private LeaverView view(
      LeaverAccounts.LeaverAccount leaverAccount, @Nullable Leaver leaver, Instant wall) {
    return new LeaverView(
        leaverAccount.employeeId(),
        leaverAccount.displayName(),
        leaverAccount.account(),
        leaverAccount.leftAt(),
        leaver == null ? null : leaver.state(),
        leaver == null ? null : end(leaver, wall),
        legalHold.on(leaverAccount.employeeId()));
  }

  private @Nullable Instant end(Leaver leaver, Instant wall) {
    if (leaver.state() == LeaverState.KEPT) {
      LeaverRetention plan = new LeaverRetention(leaver.dueKept(), leaver.dueKept());
      return holdPeriodClock.wall(plan.end(holdPeriodClock.now(wall)), wall);
    }
    Long erasureId = leaver.erasureId();
    if (leaver.state() != LeaverState.DELETING || erasureId == null) {
      return null;
    }
    return erasures
        .find(leaver.employeeId(), erasureId)
        .map(erasure -> holdPeriodClock.wall(erasure.dueKept(), wall))
        .orElse(null);
  }
}
