package org.hikae.backup.maintenance.service;

import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.backup.value.ObjectRef;
import org.hikae.backup.value.RotKind;

/**
 * Looks whether the bytes of an object are those that its name and record say. What looks wrong is
 * read once more before it is said to be, because a wire or a memory may have been at fault.
 */
public final class ObjectInspection {

  private final CiphertextStore store;

  /** Reads from {@code store}. */
  public ObjectInspection(CiphertextStore store) {
    this.store = store;
  }

  /**
   * Reads an object; outside any transaction.
   *
   * @return what is wrong, or nothing
   * @throws CiphertextStoreException when the storage as a whole does not answer
   */
  public Optional<RotKind> inspect(ObjectRef object) {
    return read(object).isEmpty() ? Optional.empty() : read(object);
  }

  private Optional<RotKind> read(ObjectRef object) {
    ObjectKey key = new ObjectKey(object.repositoryId(), object.name());
    Optional<StoredDigest> digest;
    try {
      digest = store.digest(key);
    } catch (CiphertextStoreException e) {
      requireAnswers(key, e);
      return Optional.of(RotKind.UNREADABLE);
    }
    return verdict(object, digest);
  }

  /** When the storage still answers, it is these bytes that it cannot read; else it fails. */
  private void requireAnswers(ObjectKey key, CiphertextStoreException failure) {
    Optional<VolumeFault> fault = failure.fault();
    if (fault.filter(VolumeFault::isOfThePlace).isPresent()) {
      throw failure;
    }
    store.exists(key);
    // A server that answers now and then, such as with 500, is not to be blamed on the object.
    if (fault.isPresent() && store.probe().filter(ObjectInspection::stopsReading).isPresent()) {
      throw failure;
    }
  }

  private static boolean stopsReading(VolumeFault fault) {
    return fault.isOfThePlace() || fault == VolumeFault.FAILING;
  }

  /** What is wrong with what was read; nothing when it is what the record says. */
  static Optional<RotKind> verdict(ObjectRef object, Optional<StoredDigest> read) {
    if (read.isEmpty()) {
      return Optional.of(RotKind.MISSING);
    }
    StoredDigest digest = read.get();
    if (digest.sizeBytes() != object.sizeBytes()) {
      return Optional.of(RotKind.SIZE);
    }
    return digest.hash().equals(object.name()) ? Optional.empty() : Optional.of(RotKind.MISMATCH);
  }
}
