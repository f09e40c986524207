package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.KeyWrap;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.WrapRetirement;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.enrollment.wire.SetView;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Ends a rotation of K (spec HK1-K-14): in one transaction the set becomes one of the next
 * generation and every protection that the device does not name is revoked. Chains stay, so that
 * snapshots of every earlier generation can be read.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class KeyRotationCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentCaller currentCaller;
  @Inject private EmployeeLock employeeLock;
  @Inject private BackupSetStore sets;
  @Inject private WrapRetirement wraps;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;

  /** Ends a rotation; the same again is success. It takes a recent sign-in, as revoking does. */
  public SetView end(@Nullable String session, Rotate request) {
    DeviceCaller caller = authenticator.admit(session);
    currentCaller.recentlySignedIn();
    String setId = EnrollmentRequestFields.id("setId", request.setId());
    String chain = EnrollmentRequestFields.id("chain", request.chain());
    Set<String> kept = kept(request.wraps());
    employeeLock.lock(caller.employeeId());
    BackupSet set =
        sets.current(caller.employeeId())
            .filter(current -> current.setId().equals(setId))
            .orElseThrow(Refusal::notFound);
    // Waits for commits that are under way: none of the old generation comes after the answer.
    if (!sets.lockActive(setId)) {
      throw Refusal.of(ProblemCode.NOT_OPTED_IN);
    }
    List<KeyWrap> filed = sets.wraps(setId, EnrollmentStatusReader.MAX_FILED);
    if (set.generation() >= request.generation()) {
      if (set.generation() == request.generation()
          && isReady(filed, chain, kept, request.generation())) {
        return enrollmentStatusReader.view(set);
      }
      throw Refusal.of(ProblemCode.KEY_ROTATED);
    }
    if (set.generation() + 1 != request.generation()
        || !isReady(filed, chain, kept, request.generation())) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    wraps.retire(caller.employeeId(), replaced(filed, set.generation(), chain, kept));
    set.rotate();
    sets.flush();
    Map<String, String> detail =
        Map.of("generation", Long.toString(request.generation()), "deviceId", caller.deviceId());
    outbox.tell(caller.employeeId(), NoticeKind.KEY_ROTATED, detail);
    trail.recordAbout(caller.employeeId(), "key.rotate", "set:" + setId, detail);
    return enrollmentStatusReader.view(set);
  }

  private static List<KeyWrap> replaced(
      List<KeyWrap> filed, long generation, String chain, Set<String> kept) {
    return filed.stream()
        .filter(wrap -> wrap.method().protects() || wrap.generation() >= generation)
        .filter(wrap -> !wrap.wrapId().equals(chain) && !kept.contains(wrap.wrapId()))
        .toList();
  }

  private static Set<String> kept(@Nullable List<String> wraps) {
    if (wraps == null || wraps.isEmpty() || wraps.size() > Rotate.MAX_WRAPS) {
      throw Refusal.malformed("wraps must name 1 to " + Rotate.MAX_WRAPS + " wraps.");
    }
    List<String> ids = new ArrayList<>();
    for (String wrap : wraps) {
      ids.add(EnrollmentRequestFields.id("wraps", wrap));
    }
    return new HashSet<>(ids);
  }

  private static boolean isReady(
      List<KeyWrap> filed, String chain, Set<String> kept, long generation) {
    boolean chained =
        filed.stream()
            .anyMatch(
                wrap ->
                    wrap.wrapId().equals(chain)
                        && !wrap.method().protects()
                        && wrap.generation() == generation - 1);
    long protections =
        filed.stream()
            .filter(
                wrap ->
                    kept.contains(wrap.wrapId())
                        && wrap.method().protects()
                        && wrap.generation() == generation)
            .count();
    return chained && protections == kept.size();
  }
}
