package org.hikae.lifecycle.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.backup.service.HoldPeriodClock;
import org.hikae.backup.service.SetErasure;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.service.SetWithdrawal;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.wire.RealmNames;
import org.hikae.lifecycle.control.ErasureActionRules;
import org.hikae.lifecycle.entity.Erasure;
import org.hikae.lifecycle.service.ErasureReader;
import org.hikae.lifecycle.store.ErasureStore;
import org.hikae.lifecycle.value.ErasureId;
import org.hikae.lifecycle.view.ErasureAction;
import org.hikae.lifecycle.view.OfferedErasure;
import org.hikae.lifecycle.view.OptOutPlan;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;

/**
 * An employee opts out on the pages: backups stop at once, a grace runs, then everything is erased.
 * Opting out and taking it back take a recent sign-in.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.OWN)
public class OptOutCommands {

  @Inject private ErasureStore erasures;
  @Inject private ErasureReader erasureReader;
  @Inject private EmployeeDirectory directory;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeLock employeeLock;
  @Inject private SetWithdrawal withdrawal;
  @Inject private SetErasure set;
  @Inject private LegalHoldDisclosure shownLegalHolds;
  @Inject private HoldPeriodClock holdPeriodClock;
  @Inject private Policies policies;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /** What opting out would do; empty when there is nothing to opt out of. */
  public Optional<OptOutPlan> plan() {
    long employeeId = directory.me().employeeId();
    return withdrawal.current(employeeId).map(setId -> plan(employeeId, setId));
  }

  private OptOutPlan plan(long employeeId, String setId) {
    SetErasure.Contents contents = set.contents(setId);
    Duration grace = policies.optOutGrace(employeeId);
    return new OptOutPlan(
        contents.snapshots(),
        contents.objects(),
        contents.bytes(),
        grace.toDays(),
        clock.instant().plus(grace),
        shownLegalHolds.since(employeeId).isPresent());
  }

  /**
   * Opts out: from the answer on nothing enters the set, and when the longest grace of all policies
   * that still count is over, it is erased. Doing it twice is success.
   *
   * @param locale language in which the text was shown
   */
  public void optOut(Locale locale) {
    SetWithdrawal.WithdrawalContext shown = shown(locale);
    long employeeId = directory.me().employeeId();
    employeeLock.lock(employeeId);
    withdrawal.withdraw(employeeId, shown).ifPresent(withdrawn -> begin(employeeId, withdrawn));
  }

  private void begin(long employeeId, SetWithdrawal.Withdrawn withdrawn) {
    Instant wall = clock.instant();
    Instant due = holdPeriodClock.now(wall).plus(policies.optOutGrace(employeeId));
    Erasure erasure =
        erasures.add(new Erasure(employeeId, withdrawn.setId(), withdrawn.wasActive(), wall, due));
    Map<String, String> detail =
        Map.of(
            "setId", withdrawn.setId(),
            "erasureId", Long.toString(erasure.id()),
            "takeBackUntil", holdPeriodClock.wall(due, wall).toString());
    outbox.tell(employeeId, NoticeKind.SET_WITHDRAWN, detail);
    trail.recordAbout(employeeId, "consent.withdraw", "set:" + withdrawn.setId(), detail);
  }

  /**
   * Takes an opt-out back: the set with everything in it is in use again, as if nothing had been.
   *
   * @param locale language in which the text was shown, to which the employee agrees again
   * @throws Refusal when erasing has begun, or another set has been begun meanwhile
   */
  public void takeBack(ErasureId erasureId, Locale locale) {
    SetWithdrawal.WithdrawalContext shown = shown(locale);
    long employeeId = directory.me().employeeId();
    employeeLock.lock(employeeId);
    Erasure erasure = own(employeeId, erasureId);
    ErasureActionRules.requireMay(
        ErasureAction.TAKE_BACK, erasure.state(), withdrawal.current(employeeId).isPresent());
    SetWithdrawal.Withdrawn withdrawn =
        new SetWithdrawal.Withdrawn(erasure.setId(), erasure.setWasActive());
    withdrawal.resume(employeeId, withdrawn, shown);
    erasure.takeBack(clock.instant());
    Map<String, String> detail = Map.of("setId", erasure.setId());
    outbox.tell(employeeId, NoticeKind.SET_RESUMED, detail);
    trail.recordAbout(employeeId, "consent.resume", "set:" + erasure.setId(), detail);
  }

  /** The caller's opt-outs, newest first. */
  public List<OfferedErasure> list() {
    long employeeId = directory.me().employeeId();
    boolean another = withdrawal.current(employeeId).isPresent();
    return erasureReader.of(employeeId).stream()
        .map(one -> new OfferedErasure(one, ErasureActionRules.actions(one.state(), another)))
        .toList();
  }

  /** The signed receipt of an erasure of the caller, in ASCII; refused while there is none. */
  public String receipt(ErasureId erasureId) {
    String receipt = own(directory.me().employeeId(), erasureId).receipt();
    if (receipt == null) {
      throw Refusal.notFound();
    }
    return receipt;
  }

  private Erasure own(long employeeId, ErasureId erasureId) {
    return erasures.find(employeeId, erasureId.value()).orElseThrow(Refusal::notFound);
  }

  private SetWithdrawal.WithdrawalContext shown(Locale locale) {
    return new SetWithdrawal.WithdrawalContext(currentCaller.recentlySignedIn().clientId(), locale);
  }
}
