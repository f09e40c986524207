package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import org.hikae.backup.store.ObjectKey;
import org.hikae.caller.boundary.FromClient;
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

  /** Writes the bytes of a download; call it once, outside any transaction. */
  public interface Body {
    /** Takes a place among the transfers, writes everything, and gives the place back. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * An object, or a part of it, ready to be sent.
   *
   * @param size length of the whole object
   * @param offset first byte that is sent
   * @param length number of bytes that are sent
   * @param partial whether a part was asked for
   * @param body the bytes
   */
  public record Download(long size, long offset, long length, boolean partial, Body body) {}

  /** Length of an object of the employee. */
  public long size(@Nullable String session, String name) {
    return catalogue.find(session, ObjectUploads.nameOf(name)).size();
  }

  /**
   * Opens an object of the employee.
   *
   * @param session the device session
   * @param name hexadecimal name
   * @param rangeHeader value of the Range header, if any
   */
  public Download open(@Nullable String session, String name, @Nullable String rangeHeader) {
    ObjectCatalogue.Found found = catalogue.find(session, ObjectUploads.nameOf(name));
    return downloads.open(
        found.employeeId(), new ObjectKey(found.repositoryId(), found.name()), rangeHeader);
  }
}
