package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.InputStream;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.control.ReceivedBody;
import org.hikae.backup.service.ObjectIntake;
import org.hikae.backup.service.TransferLimits;
import org.hikae.caller.service.FromClient;
import org.hikae.hk1.Hash256;
import org.hikae.identity.wire.RealmNames;
import org.hikae.metrics.service.Meters;
import org.hikae.runtime.control.TransferBudget;
import org.jspecify.annotations.Nullable;

/**
 * Receives objects. The body is read and hashed outside any transaction, so that a slow sender
 * holds no connection of the database; then one short transaction admits the device once more and
 * stores.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ObjectUploads {

  @Inject private ObjectIntake intake;
  @Inject private CiphertextStore store;
  @Inject private TransferLimits transfers;
  @Inject private Meters meters;

  /**
   * Receives one object.
   *
   * @param session the device session
   * @param name hexadecimal name from the path
   * @param contentLength stated length, negative when there is none
   * @param body the bytes
   * @return whether it was stored now; false when it was there before
   */
  public boolean receive(
      @Nullable String session, String name, long contentLength, InputStream body) {
    Hash256 expected = BackupRequestFields.nameOf(name);
    ReceivedBody.requireLength(contentLength);
    ObjectIntake.AdmittedUpload sender = intake.admit(session, expected, contentLength);
    try (TransferBudget.Place _ = transfers.upload(sender.employeeId());
        TransferBudget.Place _ = transfers.memory(sender.employeeId(), contentLength)) {
      byte[] bytes = ReceivedBody.read(body, contentLength, expected);
      boolean stored;
      try (CiphertextStore.WritePermit _ = store.admitWriter()) {
        stored = intake.store(session, expected, bytes, sender.limits());
      }
      meters.received(bytes.length);
      return stored;
    }
  }
}
