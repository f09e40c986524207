package org.hikae.backup.restic.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.service.StoredObjectOpener;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.backup.wire.ResticType;
import org.hikae.enrollment.view.ResticRequest;
import org.jspecify.annotations.Nullable;

/**
 * Sends restic what it has. As for devices, who may read is decided in a transaction that ends
 * before the first byte leaves, and the bytes come in slices.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ResticDownloads {

  @Inject private ResticQueries resticQueries;
  @Inject private StoredObjectOpener objectOpener;

  /**
   * Opens an object.
   *
   * @param name hexadecimal name; null for the config
   * @param rangeHeader value of the Range header, if any
   */
  public ObjectDownload open(
      ResticRequest request, ResticType type, @Nullable String name, @Nullable String rangeHeader) {
    ResticQueries.FoundResticObject found = resticQueries.find(request, type, name);
    return objectOpener.open(
        found.employeeId(), new ObjectKey(found.repositoryId(), found.name()), rangeHeader);
  }
}
