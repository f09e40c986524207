package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.control.ReceivedBody;
import org.hikae.backup.restic.service.ResticIntake;
import org.hikae.backup.service.ReceivedObject;
import org.hikae.backup.service.TransferLimits;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.view.ResticRequest;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.metrics.service.Meters;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TransferBudget;

/**
 * Receives what restic stores: the body is read and hashed outside any transaction, as for devices,
 * in memory or, when it is larger than theirs or memory is short, in a file; then it is stored in
 * one short transaction.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ResticUploads {

  @Inject private ResticIntake intake;
  @Inject private CiphertextStore store;
  @Inject private TransferLimits transfers;
  @Inject private Meters meters;

  /**
   * A body that comes.
   *
   * @param length stated length, negative when there is none
   * @param bytes the bytes
   */
  public record IncomingBody(long length, InputStream bytes) {}

  /** Receives an object whose name is the SHA-256 of its bytes. */
  public void receive(ResticRequest request, ResticType type, String name, IncomingBody sent) {
    Hash256 expected = BackupRequestFields.nameOf(name);
    requireLength(sent, ResticType.MAX_OBJECT_BYTES);
    ResticIntake.AdmittedResticUpload sender = intake.admit(request, type, expected, sent.length());
    try (TransferBudget.Place _ = transfers.upload(sender.employeeId());
        TransferLimits.TransferSlot room = transfers.room(sender.employeeId(), sent.length());
        ReceivedObject object =
            ReceivedObject.receive(sent.bytes(), sent.length(), expected, room.inMemory())) {
      store(request, type, object, sender);
      meters.received(object.length());
    }
  }

  /** Receives the config, which has no name; refused when there is one. */
  public void receiveConfig(ResticRequest request, IncomingBody sent) {
    requireLength(sent, Hk1Constants.MAX_OBJECT_BYTES);
    ResticIntake.AdmittedResticUpload sender = intake.admitConfig(request, sent.length());
    try (TransferBudget.Place _ = transfers.upload(sender.employeeId());
        TransferBudget.Place _ = transfers.memory(sender.employeeId(), sent.length())) {
      byte[] bytes = ReceivedBody.read(sent.bytes(), sent.length());
      Hash256 name = Hash256.sha256(bytes);
      store(request, ResticType.CONFIG, new ReceivedObject.InMemory(bytes, name), sender);
      meters.received(bytes.length);
    }
  }

  private void store(
      ResticRequest request,
      ResticType type,
      ReceivedObject object,
      ResticIntake.AdmittedResticUpload sender) {
    try (CiphertextStore.WritePermit _ = store.admitWriter()) {
      intake.store(request, type, object, sender.limits());
    }
  }

  private static void requireLength(IncomingBody sent, long most) {
    if (sent.length() < 0) {
      throw Refusal.of(ProblemCode.LENGTH_REQUIRED);
    }
    ReceivedBody.requireLength(sent.length(), most);
  }
}
