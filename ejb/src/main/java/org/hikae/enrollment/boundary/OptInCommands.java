package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Consent;
import org.hikae.enrollment.entity.ConsentTranslation;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.WrapRetirement;
import org.hikae.enrollment.store.BackupSetStore;
import org.hikae.enrollment.store.ConsentStore;
import org.hikae.enrollment.value.ConsentAction;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.enrollment.wire.OptIn;
import org.hikae.enrollment.wire.SetView;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.view.EmployeeChanged;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.policy.service.Policies;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.rollout.service.RolloutDecision;
import org.jspecify.annotations.Nullable;

/**
 * Opting in: consent to the current text makes a PENDING set; it becomes ACTIVE when it has at
 * least one protection. Every step can be repeated. The employee is locked meanwhile, so two
 * devices never make two sets.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class OptInCommands {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private EmployeeLock employeeLock;
  @Inject private RolloutDecision rollout;
  @Inject private BackupSetStore sets;
  @Inject private WrapRetirement wraps;
  @Inject private ConsentStore consents;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private ConsentRenewal consentRenewal;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Policies policies;
  @Inject private Event<EmployeeChanged> changed;
  @Inject private Clock clock;

  /**
   * Records the consent and makes a PENDING set; replaces a set of another id that is still
   * PENDING.
   */
  public SetView optIn(@Nullable String session, OptIn request) {
    DeviceCaller caller = authenticator.admit(session);
    String setId = EnrollmentRequestFields.id("setId", request.setId());
    employeeLock.lock(caller.employeeId());
    Optional<BackupSet> current = sets.current(caller.employeeId());
    if (current.isPresent() && current.get().setId().equals(setId)) {
      return enrollmentStatusReader.view(current.get());
    }
    if (current.isPresent() && current.get().state() == BackupSetState.ACTIVE) {
      throw Refusal.of(ProblemCode.SET_EXISTS);
    }
    if (!rollout.offered(caller.employeeId())) {
      throw Refusal.of(ProblemCode.NOT_OFFERED_YET);
    }
    ConsentTranslation text =
        consentRenewal.shown(request.consentVersion(), request.consentLanguage());
    current.ifPresent(this::giveUp);
    if (sets.exists(setId)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    return begin(caller, setId, text);
  }

  private void giveUp(BackupSet pending) {
    pending.withdraw();
    wraps.retireAll(pending.employeeId(), pending.setId());
    sets.flush();
  }

  private SetView begin(DeviceCaller caller, String setId, ConsentTranslation text) {
    BackupSet set = new BackupSet(setId, caller.employeeId(), caller.deviceId(), clock.instant());
    if (!sets.add(set)) {
      // Somebody else took the identifier at this moment.
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    changed.fire(new EmployeeChanged(caller.employeeId()));
    rollout.optedIn(caller.employeeId());
    outbox.remember(caller.employeeId(), text.language());
    consents.add(
        new Consent(
            caller.employeeId(),
            caller.deviceId(),
            caller.caller().clientId(),
            text,
            ConsentAction.OPTED_IN,
            clock.instant()));
    trail.recordAbout(
        caller.employeeId(),
        "consent.opt-in",
        "set:" + setId,
        Map.of(
            "deviceId", caller.deviceId(),
            "textVersion", Integer.toString(text.version()),
            "textLanguage", text.language()));
    return enrollmentStatusReader.view(set);
  }

  private void requireProtected(BackupSet set) {
    Set<String> methods =
        sets.wraps(set.setId(), EnrollmentStatusReader.MAX_WRAPS).stream()
            .filter(wrap -> wrap.generation() == set.generation())
            .map(wrap -> wrap.method().name())
            .collect(Collectors.toSet());
    if (methods.isEmpty()) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    if (!policies.deviceRules(set.employeeId()).keyMethods().suffice(methods)) {
      throw Refusal.of(ProblemCode.KEY_METHOD_NOT_ALLOWED);
    }
  }

  /** Ends the opt-in: the set is in use from now on. */
  public SetView complete(@Nullable String session) {
    DeviceCaller caller = authenticator.admit(session);
    employeeLock.lock(caller.employeeId());
    BackupSet set =
        sets.current(caller.employeeId()).orElseThrow(() -> Refusal.of(ProblemCode.NOT_OPTED_IN));
    if (set.state() == BackupSetState.PENDING) {
      requireProtected(set);
      set.activate();
      changed.fire(new EmployeeChanged(caller.employeeId()));
      outbox.tell(caller.employeeId(), NoticeKind.SET_ACTIVE, Map.of("setId", set.setId()));
      trail.recordAbout(
          caller.employeeId(),
          "set.activate",
          "set:" + set.setId(),
          Map.of("deviceId", caller.deviceId()));
    }
    return enrollmentStatusReader.view(set);
  }
}
