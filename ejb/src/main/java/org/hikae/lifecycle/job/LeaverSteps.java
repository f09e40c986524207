package org.hikae.lifecycle.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.service.ChangeAlarms;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.diagnostics.service.DiagnosticsErasure;
import org.hikae.drill.service.RecoveryProofErasure;
import org.hikae.enrollment.service.SetWithdrawal;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.service.LeaverAccounts;
import org.hikae.identity.service.LegalHolds;
import org.hikae.lifecycle.control.LeaverRetention;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.entity.Leaver;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.lifecycle.store.LeaverStore;
import org.hikae.lifecycle.value.ErasureState;
import org.hikae.lifecycle.value.LeaverState;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;

/**
 * The steps by which the data of those who left goes, each a transaction of its own that holds the
 * employee. Each is audited and told to the employee and the administrators. Time comes from the
 * caller.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LeaverSteps {

  private static final int PAGE = LeaverAccounts.MAX_PAGE;
  private static final String PART = "leavers";
  private static final String DUE = "deletedAfter";

  @Inject private LeaverStore leavers;
  @Inject private LeaverAccounts leaverAccounts;
  @Inject private ErasureStore erasures;
  @Inject private EmployeeLock employeeLock;
  @Inject private LegalHolds legalHold;
  @Inject private ChangeAlarms changeAlarms;
  @Inject private SetWithdrawal withdrawal;
  @Inject private DiagnosticsErasure diagnosticsErasure;
  @Inject private RecoveryProofErasure recoveryProofErasure;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private Policies policies;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;

  /**
   * Employees for whom something may have to be done.
   *
   * @param employees their numbers
   * @param last the last number that was looked at; 0 when there was none
   */
  public record Page(List<Long> employees, long last) {}

  /** Who left and is not handled yet, above a number. */
  public Page newcomers(long after) {
    List<Long> left =
        leaverAccounts.after(DepartmentScope.COMPANY, after, PAGE).stream()
            .map(LeaverAccounts.LeaverAccount::employeeId)
            .toList();
    Set<Long> known =
        leavers.current(left).stream().map(Leaver::employeeId).collect(Collectors.toSet());
    return new Page(
        left.stream().filter(employee -> !known.contains(employee)).toList(),
        left.isEmpty() ? 0 : left.getLast());
  }

  /** Leavers above a number who are back or for whom the time of a step has come. */
  public Page due(Instant wall, long after) {
    List<Leaver> page = leavers.currentAfter(after, PAGE);
    Set<Long> here = leaverAccounts.hereAmong(page.stream().map(Leaver::employeeId).toList());
    Instant now = holdPeriodClock.now(wall);
    return new Page(
        page.stream()
            .filter(leaver -> here.contains(leaver.employeeId()) || isDue(leaver, now))
            .map(Leaver::employeeId)
            .toList(),
        page.isEmpty() ? 0 : page.getLast().employeeId());
  }

  private static boolean isDue(Leaver leaver, Instant now) {
    return switch (leaver.state()) {
      case KEPT -> LeaverRetention.isDue(leaver.dueKept(), leaver.lookedKept(), now);
      case DELETING -> true;
      case DELETED, RETURNED -> false;
    };
  }

  /** Keeping begins; does nothing when it has, or the employee is back. */
  public void keep(long employeeId, Instant wall) {
    employeeLock.lock(employeeId);
    if (leavers.current(employeeId).isPresent() || isHere(employeeId)) {
      return;
    }
    Instant now = holdPeriodClock.now(wall);
    Instant due = now.plus(policies.leaverKeep(employeeId));
    leavers.add(new Leaver(employeeId, wall, now, due));
    tell(
        employeeId,
        NoticeKind.LEAVER_KEPT,
        Map.of(DUE, holdPeriodClock.wall(due, wall).toString()));
  }

  private boolean isHere(long employeeId) {
    return !leaverAccounts.hereAmong(Set.of(employeeId)).isEmpty();
  }

  /** Does what is due for a leaver. */
  public void step(long employeeId, Instant wall) {
    employeeLock.lock(employeeId);
    Optional<Leaver> found = leavers.current(employeeId);
    if (found.isEmpty()) {
      return;
    }
    Leaver leaver = found.get();
    if (isHere(employeeId)) {
      comeBack(leaver, wall);
    } else if (leaver.state() == LeaverState.KEPT) {
      goOn(leaver, wall);
    } else if (leaver.state() == LeaverState.DELETING) {
      finish(leaver, wall);
    }
  }

  private void goOn(Leaver leaver, Instant wall) {
    Instant now = holdPeriodClock.now(wall);
    Instant due = leaver.keptFrom().plus(policies.leaverKeep(leaver.employeeId()));
    LeaverRetention plan = new LeaverRetention(leaver.dueKept(), due);
    switch (plan.step(now)) {
      case TELL -> {
        leaver.keepUntil(due, now);
        tell(
            leaver.employeeId(),
            NoticeKind.LEAVER_DUE,
            Map.of(
                DUE,
                holdPeriodClock.wall(new LeaverRetention(due, due).end(now), wall).toString()));
      }
      case WAIT -> leaver.keepUntil(due, now);
      case DELETE -> {
        if (!legalHold.on(leaver.employeeId()) && !changeAlarms.on(leaver.employeeId(), wall)) {
          delete(leaver, plan.end(now), wall);
        }
      }
    }
  }

  private void delete(Leaver leaver, Instant end, Instant wall) {
    long employeeId = leaver.employeeId();
    Optional<SetWithdrawal.Withdrawn> closed = withdrawal.close(employeeId);
    if (closed.isEmpty()) {
      diagnosticsErasure.erase(employeeId);
      recoveryProofErasure.erase(employeeId);
      changeAlarms.erase(employeeId, wall);
      leaver.end(wall);
      tell(employeeId, NoticeKind.LEAVER_DELETED, Map.of());
      return;
    }
    String setId = closed.get().setId();
    Erasure erasure =
        erasures.add(new Erasure(employeeId, setId, closed.get().wasActive(), wall, end));
    leaver.delete(erasure.id());
    tell(
        employeeId,
        NoticeKind.LEAVER_DELETING,
        Map.of("setId", setId, DUE, holdPeriodClock.wall(end, wall).toString()));
  }

  private void finish(Leaver leaver, Instant wall) {
    boolean erased =
        erasure(leaver).map(erasure -> erasure.state() == ErasureState.ERASED).orElse(true);
    if (erased) {
      leaver.end(wall);
      tell(leaver.employeeId(), NoticeKind.LEAVER_DELETED, Map.of());
    }
  }

  /** What has not begun to be erased is the employee's again, as if nothing had been. */
  private void comeBack(Leaver leaver, Instant wall) {
    long employeeId = leaver.employeeId();
    Optional<Erasure> waiting =
        leaver.state() == LeaverState.DELETING
            ? erasure(leaver).filter(erasure -> erasure.state() == ErasureState.WAITING)
            : Optional.empty();
    boolean kept = leaver.state() == LeaverState.KEPT;
    if (waiting.isPresent()) {
      Erasure erasure = waiting.get();
      kept =
          withdrawal.reopen(
              employeeId, new SetWithdrawal.Withdrawn(erasure.setId(), erasure.setWasActive()));
      if (kept) {
        erasure.takeBack(wall);
      }
    }
    leaver.comeBack(wall);
    tell(employeeId, NoticeKind.LEAVER_RETURNED, Map.of("kept", Boolean.toString(kept)));
  }

  private Optional<Erasure> erasure(Leaver leaver) {
    Long erasureId = leaver.erasureId();
    return erasureId == null ? Optional.empty() : erasures.find(leaver.employeeId(), erasureId);
  }

  private void tell(long employeeId, NoticeKind kind, Map<String, String> detail) {
    outbox.tell(employeeId, kind, detail);
    trail.recordSystem(PART, kind.code(), "employee:" + employeeId, detail);
  }
}
