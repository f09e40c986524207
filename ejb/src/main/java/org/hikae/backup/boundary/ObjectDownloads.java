package org.hikae.backup.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.hikae.backup.control.ByteRange;
import org.hikae.backup.control.InFlight;
import org.hikae.backup.control.Transfers;
import org.hikae.backup.store.CiphertextStore;
import org.hikae.backup.store.ObjectKey;
import org.hikae.caller.boundary.FromClient;
import org.hikae.identity.wire.Realm;
import org.hikae.metrics.control.Meters;
import org.hikae.problem.boundary.Refusal;
import org.hikae.problem.wire.ProblemCode;
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
  @Inject private CiphertextStore store;
  @Inject private Transfers transfers;
  @Inject private Meters meters;

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
    // What there is, and not what was recorded: bytes that rotted may be fewer, or gone, and the
    // device that reads them learns it by itself.
    long size = store.size(keyOf(found)).orElseThrow(Refusal::notFound);
    ByteRange range =
        ByteRange.of(rangeHeader, size)
            .orElseThrow(() -> Refusal.of(ProblemCode.RANGE_NOT_SATISFIABLE));
    // Asked here as well, where the answer can still be a clean 503.
    transfers.download(found.employeeId()).close();
    return new Download(
        size, range.offset(), range.length(), range.partial(), sender(found, range));
  }

  private static ObjectKey keyOf(ObjectCatalogue.Found found) {
    return new ObjectKey(found.repositoryId(), found.name());
  }

  // Holds no bean of this call, because it may serve another by the time the bytes are written.
  private Body sender(ObjectCatalogue.Found found, ByteRange range) {
    ObjectKey key = keyOf(found);
    CiphertextStore from = store;
    Transfers places = transfers;
    Meters counted = meters;
    return out -> {
      try (InFlight.Place _ = places.download(found.employeeId());
          InputStream bytes =
              from.open(key, range.offset(), range.length())
                  .orElseThrow(() -> new IOException("The object was erased before it left."))) {
        counted.sent(bytes.transferTo(out));
      }
    };
  }
}
