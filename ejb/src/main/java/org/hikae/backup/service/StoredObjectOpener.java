package org.hikae.backup.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.control.ByteRange;
import org.hikae.backup.view.DownloadBody;
import org.hikae.backup.view.ObjectDownload;
import org.hikae.metrics.service.Meters;
import org.hikae.problem.control.Refusal;
import org.hikae.runtime.control.TransferBudget;
import org.jspecify.annotations.Nullable;

/** Opens stored bytes for whoever was found to may read them. */
@Dependent
public class StoredObjectOpener {

  @Inject private CiphertextStore store;
  @Inject private TransferLimits transfers;
  @Inject private Meters meters;

  public ObjectDownload open(long employeeId, ObjectKey key, @Nullable String rangeHeader) {
    // What there is, and not what was recorded: bytes that rotted may be fewer, or gone, and who
    // reads them learns it by itself.
    long size = store.size(key).orElseThrow(Refusal::notFound);
    ByteRange range =
        ByteRange.of(rangeHeader, size).orElseThrow(() -> Refusal.rangeNotSatisfiable(size));
    // Asked here as well, where the answer can still be a clean 503.
    transfers.download(employeeId).close();
    return new ObjectDownload(
        size, range.offset(), range.length(), range.partial(), sender(employeeId, key, range));
  }

  // Holds no bean of this call, because it may serve another by the time the bytes are written.
  private DownloadBody sender(long employeeId, ObjectKey key, ByteRange range) {
    CiphertextStore from = store;
    TransferLimits places = transfers;
    Meters counted = meters;
    return out -> {
      try (TransferBudget.Place _ = places.download(employeeId);
          InputStream bytes =
              from.open(key, range.offset(), range.length())
                  .orElseThrow(() -> new IOException("The object was erased before it left."))) {
        counted.sent(bytes.transferTo(out));
      }
    };
  }
}
