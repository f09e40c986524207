package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.control.BackupRequestFields;
import org.hikae.backup.service.ObjectLookup;
import org.hikae.backup.service.StoredObjectOpener;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Sends objects of the employee, from active and withdrawn sets alike. Who may read what is decided
 * in a transaction that ends before the first byte leaves; the bytes come in slices, so that a slow
 * reader holds neither a connection nor an object.
 */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ObjectDownloads {

  @Inject private ObjectLookup objectLookup;
  @Inject private StoredObjectOpener objectOpener;

  /** Length of an object of the employee. */
  public long size(@Nullable String session, String name) {
    return objectLookup.find(session, BackupRequestFields.nameOf(name)).size();
  }

  /**
   * Opens an object of the employee.
   *
   * @param session the device session
   * @param name hexadecimal name
   * @param rangeHeader value of the Range header, if any
   */
  public ObjectDownload open(@Nullable String session, String name, @Nullable String rangeHeader) {
    ObjectLookup.FoundObject found = objectLookup.find(session, BackupRequestFields.nameOf(name));
    return objectOpener.open(
        found.employeeId(), new ObjectKey(found.repositoryId(), found.name()), rangeHeader);
  }
}
