package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.control.RequestFields;
import org.hikae.backup.service.ObjectCatalogue;
import org.hikae.backup.service.StoredDownloads;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.caller.service.FromClient;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/**
 * Sends objects of the employee, from active and withdrawn sets alike. Who may read what is decided
 * in a transaction that ends before the first byte leaves; the bytes come in slices, so that a slow
 * reader holds neither a connection nor an object.
 */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ObjectDownloads {

  @Inject private ObjectCatalogue catalogue;
  @Inject private StoredDownloads downloads;

  /** Length of an object of the employee. */
  public long size(@Nullable String session, String name) {
    return catalogue.find(session, RequestFields.nameOf(name)).size();
  }

  /**
   * Opens an object of the employee.
   *
   * @param session the device session
   * @param name hexadecimal name
   * @param rangeHeader value of the Range header, if any
   */
  public ObjectDownload open(@Nullable String session, String name, @Nullable String rangeHeader) {
    ObjectCatalogue.Found found = catalogue.find(session, RequestFields.nameOf(name));
    return downloads.open(
        found.employeeId(), new ObjectKey(found.repositoryId(), found.name()), rangeHeader);
  }
}
