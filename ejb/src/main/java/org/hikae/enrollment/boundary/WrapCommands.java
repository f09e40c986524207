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
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.control.WrapHeaderCheck;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.service.WrapRetirement;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.WrapMethod;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.policy.view.AllowedKeyMethods;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Files the protections of K. The portal keeps them for the employee's devices and can open none.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class WrapCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeLock employeeLock;
  @Inject private BackupSetStore sets;
  @Inject private WrapRetirement retirement;
  @Inject private Policies policies;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * A wrap and whether it is new.
   *
   * @param wrap the wrap
   * @param created whether this call filed it
   */
  public record FiledWrap(WrapView wrap, boolean created) {}

  /**
   * Files a wrap of the employee's current set; the same again is success. What others have filed,
   * under whatever identifier, changes nothing about the answer. What a rotation prepares is filed
   * here too.
   */
  public FiledWrap put(@Nullable String session, String wrapId, PutWrap request) {
    DeviceCaller caller = authenticator.admit(session);
    WrapHeaderCheck filing = WrapHeaderCheck.of(wrapId, request);
    employeeLock.lock(caller.employeeId());
    BackupSet set =
        sets.current(caller.employeeId())
            .filter(current -> current.setId().equals(request.setId()))
            .orElseThrow(Refusal::notFound);
    if (filing.generation() < set.generation()) {
      throw Refusal.of(ProblemCode.KEY_ROTATED);
    }
    if (!filing.fits(set.generation(), set.state() == BackupSetState.ACTIVE)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    Optional<KeyWrap> known = sets.wrap(set.setId(), wrapId);
    if (known.isPresent()) {
      return new FiledWrap(EnrollmentViewMapper.of(requireSame(known.get(), filing)), false);
    }
    List<KeyWrap> filed = sets.wraps(set.setId(), EnrollmentStatusReader.MAX_FILED);
    requireAllowed(caller.employeeId(), filing.method(), filed);
    long counted =
        filed.stream()
            .filter(one -> WrapHeaderCheck.counts(one.method(), one.generation(), set.generation()))
            .count();
    if (counted >= EnrollmentStatusReader.MAX_WRAPS
        || filed.size() >= EnrollmentStatusReader.MAX_FILED) {
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
    return new FiledWrap(EnrollmentViewMapper.of(wrap), true);
  }

  /** What is there already may be replaced: a policy that came later takes no way away. */
  private void requireAllowed(long employeeId, WrapMethod method, List<KeyWrap> filed) {
    boolean there = filed.stream().anyMatch(wrap -> wrap.method() == method);
    if (!there && !policies.deviceRules(employeeId).keyMethods().allows(method.name())) {
      throw Refusal.of(ProblemCode.KEY_METHOD_NOT_ALLOWED);
    }
  }

  private static KeyWrap requireSame(KeyWrap known, WrapHeaderCheck filing) {
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
    DeviceCaller caller = authenticator.admit(session);
    currentCaller.recentlySignedIn();
    String id = EnrollmentRequestFields.id("wrapId", wrapId);
    employeeLock.lock(caller.employeeId());
    Optional<KeyWrap> own = sets.wrapOf(caller.employeeId(), id);
    if (own.isEmpty()) {
      return;
    }
    if (legalHoldDisclosure.since(caller.employeeId()).isPresent()) {
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
    return sets.wraps(wrap.setId(), EnrollmentStatusReader.MAX_FILED).stream()
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
    AllowedKeyMethods methods = policies.deviceRules(employeeId).keyMethods();
    Set<String> after = left.stream().map(one -> one.method().name()).collect(Collectors.toSet());
    Set<String> before = new HashSet<>(after);
    before.add(wrap.method().name());
    if (!left.isEmpty() && methods.suffice(before) && !methods.suffice(after)) {
      throw Refusal.of(ProblemCode.KEY_METHOD_NOT_ALLOWED);
    }
  }

  /** The wraps of the employee's current set, with their bytes. */
  public List<WrapView> list(@Nullable String session) {
    DeviceCaller caller = authenticator.admit(session);
    return sets
        .current(caller.employeeId())
        .map(set -> sets.wraps(set.setId(), EnrollmentStatusReader.MAX_FILED))
        .orElse(List.of())
        .stream()
        .map(EnrollmentViewMapper::of)
        .toList();
  }
}
