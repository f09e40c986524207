package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.identity.value.EmployeeId;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.control.NudgeRules;
import org.hikae.insight.service.BackupVerdictReader;
import org.hikae.insight.store.EmployeeFigures;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.view.BackupVerdict;
import org.hikae.insight.view.BackupVerdictState;
import org.hikae.insight.view.NudgeView;
import org.hikae.insight.view.NudgeView.SkippedReason;
import org.hikae.notice.control.NoticeMessages;
import org.hikae.notice.service.EmployeeMailReader;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;

/**
 * Administrators remind employees whose backup is not set up, or too old: by a notice, which goes
 * by mail, at most one in 24 hours for each person. Who opted out is left in peace.
 */
@Stateless
@RolesAllowed(RealmNames.BACKUP_ADMIN)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class NudgeCommands {

  private static final Set<NoticeKind> KINDS =
      Set.of(NoticeKind.NUDGE_OPT_IN, NoticeKind.NUDGE_BACKUP);

  private static final Duration BETWEEN = Duration.ofHours(24);

  /** Most people of one preview. */
  public static final int MAX_PEOPLE = 1000;

  @Inject private EmployeeFigures figures;
  @Inject private BackupVerdictReader verdicts;
  @Inject private EmployeeMailReader mail;
  @Inject private Outbox outbox;
  @Inject private AuditTrail trail;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /**
   * Who of these would be reminded now, and why others would not, by their names; unknown ones are
   * left out.
   *
   * @param employeeIds at most {@link #MAX_PEOPLE}
   */
  public List<NudgeView> look(Collection<Long> employeeIds) {
    if (employeeIds.size() > MAX_PEOPLE) {
      throw Refusal.malformed("At most " + MAX_PEOPLE + " people are looked at.");
    }
    return look(figures.of(employeeIds, currentCaller.caller().scope()), clock.instant());
  }

  /** The same of one; refused as not found when there is none. */
  public NudgeView look(EmployeeId employeeId) {
    return look(employeeId, clock.instant());
  }

  private NudgeView look(EmployeeId employeeId, Instant now) {
    return look(figures.of(List.of(employeeId.value())), now).stream()
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  /** Asks the same few questions of all of them, not one after the other. */
  private List<NudgeView> look(List<EmployeeFigure> employees, Instant now) {
    Map<Long, BackupVerdict> states =
        verdicts.of(
            employees.stream().filter(one -> one.account() == EmployeeState.ENABLED).toList(), now);
    NudgeFacts facts =
        new NudgeFacts(
            states,
            told(now),
            outbox.toldSince(
                employees.stream().map(EmployeeFigure::employeeId).toList(),
                KINDS,
                now.minus(BETWEEN)));
    return employees.stream()
        .map(employee -> look(employee, facts))
        .sorted(Comparator.comparing(NudgeView::displayName))
        .toList();
  }

  /**
   * What is known of those who are looked at.
   *
   * @param verdicts of those with an account
   * @param told of which reminders mails go out now
   * @param lately who was reminded within {@link #BETWEEN}
   */
  private record NudgeFacts(
      Map<Long, BackupVerdict> verdicts, Set<NoticeKind> told, Set<Long> lately) {}

  /**
   * What a reminder says, without the greeting and the address that each mail has.
   *
   * @param kind of a reminder
   * @param language {@code en} or {@code ja}
   */
  public String text(NoticeKind kind, String language) {
    return NoticeMessages.sentence(kind, Map.of(), language, ZoneOffset.UTC);
  }

  /** Reminds one; refused when that is of no use, or they were reminded less than 24 hours ago. */
  public NudgeView nudge(EmployeeId employeeId) {
    Instant now = clock.instant();
    long id = employeeId.value();
    NudgeView view = look(employeeId, now);
    NoticeKind kind =
        Optional.ofNullable(view.kind())
            .flatMap(NoticeKind::named)
            .orElseThrow(() -> Refusal.with(ProblemCode.CONFLICT, view));
    if (!outbox.tellFirst(cause(id, now), id, kind, Map.of())) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    trail.record("employee.nudge", "employee:" + id, Map.of("kind", kind.code()));
    return view;
  }

  /** Of which reminders mails go out now. */
  private Set<NoticeKind> told(Instant now) {
    return KINDS.stream()
        .filter(kind -> mail.tells(kind, now))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(NoticeKind.class)));
  }

  private static NudgeView look(EmployeeFigure employee, NudgeFacts facts) {
    BackupVerdict verdict = facts.verdicts().get(employee.employeeId());
    if (verdict == null) {
      return skipped(employee, SkippedReason.NO_ACCOUNT);
    }
    BackupVerdictState state = verdict.state();
    Optional<NoticeKind> kind = NudgeRules.kind(state);
    if (kind.isEmpty()) {
      return skipped(employee, NudgeRules.reason(state));
    }
    if (employee.email() == null) {
      return skipped(employee, SkippedReason.NO_ADDRESS);
    }
    if (!facts.told().contains(kind.get())) {
      return skipped(employee, SkippedReason.NO_MAIL);
    }
    return facts.lately().contains(employee.employeeId())
        ? skipped(employee, SkippedReason.TODAY)
        : new NudgeView(employee.employeeId(), employee.displayName(), kind.get().code(), null);
  }

  private static NudgeView skipped(EmployeeFigure employee, SkippedReason reason) {
    return new NudgeView(employee.employeeId(), employee.displayName(), null, reason);
  }

  /** Of two who remind at once only one does. */
  private static String cause(long employeeId, Instant now) {
    return "nudge " + employeeId + " " + now.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
