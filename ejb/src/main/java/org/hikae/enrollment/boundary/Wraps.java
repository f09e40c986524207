package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.Fields;
import org.hikae.enrollment.control.WrapFiling;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.service.DeviceGate;
import org.hikae.enrollment.service.ShownLegalHold;
import org.hikae.enrollment.service.Standing;
import org.hikae.enrollment.service.Views;
import org.hikae.enrollment.service.WrapRetirement;
import org.hikae.enrollment.store.BackupSets;
import org.hikae.enrollment.value.SetState;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.wire.Realm;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.KeyMethods;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Files the protections of K. The portal keeps them for the employee's devices and can open none.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class Wraps {

  @Inject private DeviceGate gate;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeLock employeeLock;
  @Inject private BackupSets sets;
  @Inject private WrapRetirement retirement;
  @Inject private Policies policies;
  @Inject private ShownLegalHold shown;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * A wrap and whether it is new.
   *
   * @param wrap the wrap
   * @param created whether this call filed it
   */
  public record Filed(WrapView wrap, boolean created) {}

  /**
   * Files a wrap of the employee's current set; the same again is success. What others have filed,
   * under whatever identifier, changes nothing about the answer. What a rotation prepares is filed
   * here too.
   */
  public Filed put(@Nullable String session, String wrapId, PutWrap request) {
    DeviceCaller caller = gate.admit(session);
    WrapFiling filing = WrapFiling.of(wrapId, request);
    employeeLock.lock(caller.employeeId());
    BackupSet set =
        sets.current(caller.employeeId())
            .filter(current -> current.setId().equals(request.setId()))
            .orElseThrow(Refusal::notFound);
    if (filing.generation() < set.generation()) {
      throw Refusal.of(ProblemCode.KEY_ROTATED);
    }
    if (!filing.fits(set.generation(), set.state() == SetState.ACTIVE)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Optional<KeyWrap> known = sets.wrap(set.setId(), wrapId);
    if (known.isPresent()) {
      return new Filed(Views.of(requireSame(known.get(), filing)), false);
    }
    List<KeyWrap> filed = sets.wraps(set.setId(), Standing.MAX_FILED);
    requireAllowed(caller.employeeId(), filing.method(), filed);
    long counted =
        filed.stream()
            .filter(one -> WrapFiling.counts(one.method(), one.generation(), set.generation()))
            .count();
    if (counted >= Standing.MAX_WRAPS || filed.size() >= Standing.MAX_FILED) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    KeyWrap wrap =
        new KeyWrap(
            wrapId,
            set,
            filing.generation(),
            filing.method(),
            caller.deviceId(),
            clock.instant(),
            filing.wrap());
    sets.add(wrap);
    Map<String, String> detail =
        Map.of("method", filing.method().name(), "deviceId", caller.deviceId());
    outbox.tell(caller.employeeId(), NoticeKind.WRAP_ADDED, detail);
    trail.recordAbout(caller.employeeId(), "wrap.put", "wrap:" + wrapId, detail);
    return new Filed(Views.of(wrap), true);
  }

  /** What is there already may be replaced: a policy that came later takes no way away. */
  private void requireAllowed(long employeeId, WrapMethod method, List<KeyWrap> filed) {
    boolean there = filed.stream().anyMatch(wrap -> wrap.method() == method);
    if (!there && !policies.deviceRules(employeeId).keyMethods().allows(method.name())) {
      throw Refusal.of(ProblemCode.KEY_METHOD_NOT_ALLOWED);
    }
  }

  private static KeyWrap requireSame(KeyWrap known, WrapFiling filing) {
    boolean same =
        known.generation() == filing.generation()
            && known.method() == filing.method()
            && filing.sameAs(known.wrappedKey());
    if (!same) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return known;
  }

  /**
   * Stops serving a wrap of the employee's current set, for good. It takes a recent sign-in,
   * because whoever only has a device must not take the employee's other ways away. Revoking what
   * is not there, or is another's, is success and changes nothing. While a legal hold stands
   * nothing is revoked; what is given up under one that the employee must not know of is kept
   * aside, served to nobody, and answered as if there were none. Nor is revoked what the company's
   * policy asks for, as long as others would stay without it: file another one first.
   *
   * @param last whether the last wrap of K may go too
   */
  public void revoke(@Nullable String session, String wrapId, boolean last) {
    DeviceCaller caller = gate.admit(session);
    currentCaller.recentlySignedIn();
    String id = Fields.id("wrapId", wrapId);
    employeeLock.lock(caller.employeeId());
    Optional<KeyWrap> own = sets.wrapOf(caller.employeeId(), id);
    if (own.isEmpty()) {
      return;
    }
    if (shown.since(caller.employeeId()).isPresent()) {
      throw Refusal.of(ProblemCode.LEGAL_HOLD);
    }
    KeyWrap wrap = own.get();
    if (!wrap.method().protects()) {
      // Without it nobody reads the snapshots of its generation any more.
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    List<KeyWrap> left = left(wrap);
    if (left.isEmpty() && !last) {
      throw Refusal.of(ProblemCode.LAST_WRAP);
    }
    requireSufficient(caller.employeeId(), wrap, left);
    retirement.retire(caller.employeeId(), List.of(wrap));
    Map<String, String> detail =
        Map.of("method", wrap.method().name(), "deviceId", caller.deviceId());
    outbox.tell(caller.employeeId(), NoticeKind.WRAP_REVOKED, detail);
    trail.recordAbout(caller.employeeId(), "wrap.revoke", "wrap:" + id, detail);
  }

  /** The other ways to K. */
  private List<KeyWrap> left(KeyWrap wrap) {
    return sets.wraps(wrap.setId(), Standing.MAX_FILED).stream()
        .filter(
            other ->
                !other.wrapId().equals(wrap.wrapId())
                    && other.method().protects()
                    && other.generation() == wrap.generation())
        .toList();
  }

  /**
   * Who has less than a later policy asks for may go on; who has enough keeps it, or ends it all.
   */
  private void requireSufficient(long employeeId, KeyWrap wrap, List<KeyWrap> left) {
    KeyMethods methods = policies.deviceRules(employeeId).keyMethods();
    Set<String> after = left.stream().map(one -> one.method().name()).collect(Collectors.toSet());
    Set<String> before = new HashSet<>(after);
    before.add(wrap.method().name());
    if (!left.isEmpty() && methods.suffice(before) && !methods.suffice(after)) {
      throw Refusal.of(ProblemCode.KEY_METHOD_NOT_ALLOWED);
    }
  }

  /** The wraps of the employee's current set, with their bytes. */
  public List<WrapView> list(@Nullable String session) {
    DeviceCaller caller = gate.admit(session);
    return sets
        .current(caller.employeeId())
        .map(set -> sets.wraps(set.setId(), Standing.MAX_FILED))
        .orElse(List.of())
        .stream()
        .map(Views::of)
        .toList();
  }
}
