package org.hikae.vault.service;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.vault.entity.VaultContact;
import org.hikae.vault.store.VaultContactStore;
import org.hikae.vault.wire.VaultMessageType;

/**
 * Leaves a trace of the messages to the vault that matter to people: that one was relayed, never
 * what it held.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VaultMessageAudit {

  /**
   * Messages of one employee in a minute, all devices together; the vault counts attempts by
   * itself, this only bounds the load. Each backup and each restore sends two or three.
   */
  private static final int MAX_PER_MINUTE = 300;

  /** Of these, messages that leave a row in the trail, which nobody may fill. */
  private static final int MAX_TRACED_PER_MINUTE = 60;

  private static final int MAX_EMPLOYEES = 10_000;

  private static final ActorLimit LIMIT =
      new ActorLimit(MAX_PER_MINUTE, Duration.ofMinutes(1), MAX_EMPLOYEES);
  private static final ActorLimit TRACED =
      new ActorLimit(MAX_TRACED_PER_MINUTE, Duration.ofMinutes(1), MAX_EMPLOYEES);

  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private VaultContactStore contacts;
  @Inject private Clock clock;

  /** A message is about to be relayed. */
  public void relaying(DeviceCaller caller, VaultMessageType type) {
    require(LIMIT, caller);
    switch (type) {
      case REG_INIT -> record(caller, "vault.register");
      case EXPOSE -> recordAndTell(caller, NoticeKind.VAULT_EXPOSE);
      case LOGIN_START -> recordAndTell(caller, NoticeKind.VAULT_ATTEMPT);
      case ORDER -> recordAndTell(caller, NoticeKind.VAULT_ORDER);
      case REG_FINISH, LOGIN_FINISH, STATUS, WITNESS -> {}
    }
  }

  /** The message was relayed; notes whether the vault answered it, never what. */
  public void relayed(DeviceCaller caller, boolean answered) {
    VaultContact contact = contacts.of(caller.deviceId(), caller.employeeId());
    if (answered) {
      contact.answered(clock.instant());
    } else {
      contact.unanswered(clock.instant());
    }
  }

  private void require(ActorLimit limit, DeviceCaller caller) {
    String employee = Long.toString(caller.employeeId());
    Instant now = clock.instant();
    if (!limit.allow(employee, now)) {
      throw Refusal.retryAfter(
          ProblemCode.TOO_MANY_REQUESTS, limit.secondsUntilNext(employee, now));
    }
  }

  private void recordAndTell(DeviceCaller caller, NoticeKind kind) {
    record(caller, kind.code());
    outbox.tell(caller.employeeId(), kind, Map.of("deviceId", caller.deviceId()));
  }

  private void record(DeviceCaller caller, String action) {
    require(TRACED, caller);
    trail.record(action, "employee:" + caller.employeeId(), Map.of("deviceId", caller.deviceId()));
  }
}
