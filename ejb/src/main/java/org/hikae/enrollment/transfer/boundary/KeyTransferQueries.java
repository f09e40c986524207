package org.hikae.enrollment.transfer.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.control.EnrollmentRequestFields;
import org.hikae.enrollment.service.DeviceAuthenticator;
import org.hikae.enrollment.store.DeviceStore;
import org.hikae.enrollment.transfer.control.KeyTransferRules;
import org.hikae.enrollment.transfer.entity.KeyTransfer;
import org.hikae.enrollment.transfer.store.KeyTransferStore;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferView;
import org.hikae.enrollment.view.DeviceCaller;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** What is asked for by devices of the employee, and what two of them have told each other. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class KeyTransferQueries {

  @Inject private DeviceAuthenticator authenticator;
  @Inject private DeviceStore devices;
  @Inject private KeyTransferStore transfers;
  @Inject private Clock clock;

  /** What other devices of the employee ask for now, without what was said. */
  public List<KeyTransferView> list(@Nullable String session) {
    DeviceCaller caller = authenticator.admit(session);
    return transfers
        .open(caller.employeeId(), clock.instant(), KeyTransferCommands.MAX_OPEN)
        .stream()
        .filter(transfer -> !transfer.newDevice().equals(caller.deviceId()))
        .filter(transfer -> hears(caller, transfer))
        .map(transfer -> view(transfer, List.of()))
        .toList();
  }

  /** One transfer, for the device that asks and for those that may answer. */
  public KeyTransferView get(@Nullable String session, String transferId) {
    DeviceCaller caller = authenticator.admit(session);
    String id = EnrollmentRequestFields.id("transferId", transferId);
    KeyTransfer transfer =
        transfers
            .find(id, caller.employeeId(), clock.instant())
            .filter(found -> hears(caller, found))
            .orElseThrow(Refusal::notFound);
    return view(
        transfer,
        transfers.messages(id).stream()
            .map(
                message ->
                    new KeyTransferMessage(
                        message.number(), message.step(), TextCodec.base64(message.body())))
            .toList());
  }

  private static boolean hears(DeviceCaller caller, KeyTransfer transfer) {
    return new KeyTransferRules.TransferParticipant(
            caller.deviceId(), transfer.newDevice(), transfer.oldDevice())
        .hears();
  }

  private KeyTransferView view(KeyTransfer transfer, List<KeyTransferMessage> messages) {
    return new KeyTransferView(
        transfer.transferId(),
        transfer.setId(),
        transfer.newDevice(),
        devices.nameOf(transfer.newDevice()),
        transfer.address(),
        transfer.openedAt(),
        transfer.expiresAt(),
        messages);
  }
}
