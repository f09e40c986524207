package org.hikae.backup.maintenance.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.hikae.backup.ciphertext.store.CiphertextStore;
import org.hikae.backup.ciphertext.store.CiphertextStore.StoredDigest;
import org.hikae.backup.ciphertext.store.CiphertextStoreException;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.service.SecondStore;
import org.hikae.backup.value.ObjectRef;

/**
 * Heals one store from the other (ADR 73). Does nothing without a second store, and nothing while
 * that cannot be used.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SecondStoreInspection {

  private static final System.Logger LOG = System.getLogger(SecondStoreInspection.class.getName());

  @Inject private SecondStore secondStore;
  @Inject private SecondStoreSteps secondStoreSteps;

  /** How often an object is read that is looked at in all stores. */
  public int readings() {
    return secondStore.store().isPresent() ? 2 : 1;
  }

  /**
   * Puts the bytes of the copy in place of what the first store has, if they are what the name
   * says.
   *
   * @return whether it was done
   */
  public boolean heal(ObjectKey key) {
    Optional<NamedStore> second = secondStore.store();
    if (second.isEmpty()) {
      return false;
    }
    CiphertextStore copies = second.get().store();
    try {
      Optional<StoredDigest> copy =
          copies.digest(key).filter(read -> read.hash().equals(key.name()));
      if (copy.isEmpty()) {
        return false;
      }
      long length = copy.get().sizeBytes();
      Optional<InputStream> opened = copies.open(key, 0, length);
      if (opened.isEmpty()) {
        return false;
      }
      try (InputStream bytes = opened.get()) {
        return healed(key, secondStoreSteps.heal(key, length, bytes));
      }
    } catch (CiphertextStoreException | EJBException | IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Object {0} could not be healed from its copy: {1}",
          key.name().hex(),
          e.toString());
      return false;
    }
  }

  private static boolean healed(ObjectKey key, boolean healed) {
    if (healed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Object {0} of repository {1} was rotten and is healed from its copy",
          key.name().hex(),
          key.repositoryId());
    }
    return healed;
  }

  /**
   * Reads the copy of an object; one that is not what its name says is to be written anew. An
   * object that has none is left to {@code CopyComparison}.
   *
   * @return whether a copy was wrong
   */
  public boolean inspect(ObjectRef object) {
    Optional<NamedStore> second = secondStore.store();
    ObjectKey key = new ObjectKey(object.repositoryId(), object.name());
    if (second.isEmpty()) {
      return false;
    }
    try {
      if (!second.get().listing().holds(key)
          || second
              .get()
              .store()
              .digest(key)
              .filter(read -> read.hash().equals(key.name()))
              .isPresent()) {
        return false;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "The copy of object {0} is rotten and is written anew",
          key.name().hex());
      secondStoreSteps.add(key);
      return true;
    } catch (CiphertextStoreException e) {
      // The second store as a whole is looked at elsewhere, and the next pass comes again.
      LOG.log(System.Logger.Level.DEBUG, "A copy could not be read", e);
      return false;
    }
  }
}
