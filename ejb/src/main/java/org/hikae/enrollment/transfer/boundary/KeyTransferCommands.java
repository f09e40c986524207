package org.hikae.enrollment.transfer.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.service.CurrentSet;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.transfer.control.KeyTransferRules;
import org.hikae.enrollment.transfer.entity.KeyTransfer;
import org.hikae.enrollment.transfer.entity.RelayedMessage;
import org.hikae.enrollment.transfer.store.KeyTransferStore;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.identity.service.EmployeeLock;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.service.Outbox;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;

/** A device asks for K, and two devices tell each other something by way of the portal. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class KeyTransferCommands {

  /** How long a transfer can take. */
  public static final Duration LIFE = Duration.ofMinutes(10);

  /** Most transfers of an employee at a time. */
  public static final int MAX_OPEN = 5;

  private static final int MAX_ADDRESS_CHARS = 64;

  @Inject private DeviceAuthenticator authenticator;
  @Inject private CurrentCaller currentCaller;
  @Inject private CurrentSet currentSet;
  @Inject private EmployeeLock employeeLock;
  @Inject private DeviceStore devices;
  @Inject private KeyTransferStore transfers;
  @Inject private AuditTrail trail;
  @Inject private Outbox outbox;
  @Inject private Clock clock;

  /**
   * The calling device asks for K of the employee's active set. It takes a recent sign-in, because
   * a token that was stolen must not be enough to ask. The same again is success; what the device
   * asked for before is over.
   *
   * @param address from which network address it asks
   */
  public void open(
      @Nullable String session, String transferId, OpenKeyTransfer request, String address) {
    DeviceCaller caller = authenticator.admit(session);
    currentCaller.recentlySignedIn();
    String id = EnrollmentRequestFields.id("transferId", transferId);
    byte[] offer = body("offer", request.offer());
    requireCurrent(caller, EnrollmentRequestFields.id("setId", request.setId()));
    employeeLock.lock(caller.employeeId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<KeyTransfer> known = transfers.find(id, caller.employeeId(), now);
    if (known.isPresent()) {
      requireSame(known.get(), caller, offer);
      return;
    }
    transfers.endOf(caller.deviceId());
    if (transfers.open(caller.employeeId(), now, MAX_OPEN).size() >= MAX_OPEN) {
      throw Refusal.retryAfter(ProblemCode.TOO_MANY_REQUESTS, Math.toIntExact(LIFE.toSeconds()));
    }
    KeyTransfer transfer =
        new KeyTransfer(
            id,
            caller.employeeId(),
            request.setId(),
            caller.deviceId(),
            address.substring(0, Math.min(address.length(), MAX_ADDRESS_CHARS)),
            now,
            now.plus(LIFE));
    if (!transfers.add(transfer)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    transfers.add(new RelayedMessage(id, 1, KeyTransferStep.OFFER, offer));
    trail.recordAbout(
        caller.employeeId(), "transfer.open", "device:" + caller.deviceId(), Map.of());
  }

  private void requireSame(KeyTransfer known, DeviceCaller caller, byte[] offer) {
    boolean same =
        known.newDevice().equals(caller.deviceId())
            && MessageDigest.isEqual(
                transfers.messages(known.transferId()).getFirst().body(), offer);
    if (!same) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
  }

  /** Keeps the next message for the other device; the same again is success. */
  public void say(@Nullable String session, String transferId, KeyTransferMessage message) {
    DeviceCaller caller = authenticator.admit(session);
    String id = EnrollmentRequestFields.id("transferId", transferId);
    KeyTransferStep step = message.step();
    if (step == null) {
      throw Refusal.malformed("step must be one of the steps of a transfer.");
    }
    byte[] body = body("body", message.body());
    KeyTransfer transfer =
        transfers.toChange(id, caller.employeeId(), clock.instant()).orElseThrow(Refusal::notFound);
    requireCurrent(caller, transfer.setId());
    KeyTransferRules.TransferParticipant participant =
        new KeyTransferRules.TransferParticipant(
            caller.deviceId(), transfer.newDevice(), transfer.oldDevice());
    if (!participant.hears()) {
      throw Refusal.notFound();
    }
    List<RelayedMessage> said = transfers.messages(id);
    boolean again =
        said.stream()
            .anyMatch(
                known ->
                    known.number() == message.number()
                        && known.step() == step
                        && MessageDigest.isEqual(known.body(), body));
    if (again) {
      return;
    }
    List<KeyTransferStep> steps = said.stream().map(RelayedMessage::step).toList();
    if (!KeyTransferRules.isNext(steps, participant, message.number(), step)) {
      throw Refusal.of(ProblemCode.CONFLICT);
    }
    transfers.add(new RelayedMessage(id, message.number(), step, body));
    if (!step.isOfNewDevice()) {
      transfer.answeredBy(caller.deviceId());
    }
    note(transfer, caller, step);
  }

  /** What a transfer leaves behind: that K went, from which device to which. */
  private void note(KeyTransfer transfer, DeviceCaller caller, KeyTransferStep step) {
    Map<String, String> devicesOf =
        Map.of("deviceId", transfer.newDevice(), "from", String.valueOf(transfer.oldDevice()));
    if (step == KeyTransferStep.KEY) {
      Map<String, String> detail =
          Map.of(
              "deviceId",
              transfer.newDevice(),
              "name",
              devices.nameOf(transfer.newDevice()),
              "from",
              devices.nameOf(caller.deviceId()));
      outbox.tell(caller.employeeId(), NoticeKind.KEY_TRANSFERRED, detail);
      trail.recordAbout(
          caller.employeeId(), "transfer.key", "device:" + transfer.newDevice(), devicesOf);
    } else if (step == KeyTransferStep.RECEIPT) {
      trail.recordAbout(
          caller.employeeId(), "transfer.received", "device:" + transfer.newDevice(), devicesOf);
    }
  }

  private void requireCurrent(DeviceCaller caller, String setId) {
    if (!currentSet.requireActive(caller.employeeId()).setId().equals(setId)) {
      throw Refusal.notFound();
    }
  }

  private static byte[] body(String name, String base64) {
    return EnrollmentRequestFields.bytes(name, base64, KeyTransferMessage.MAX_BODY_BYTES);
  }
}
