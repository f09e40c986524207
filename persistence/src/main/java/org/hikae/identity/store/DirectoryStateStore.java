package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import org.hikae.identity.entity.DirectoryState;
import org.hikae.schema.store.EntityStore;

/** The one row that says how the directory was read. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DirectoryStateStore extends EntityStore {

  /** For the container. */
  public DirectoryStateStore() {}

  /** For tests without a container. */
  public DirectoryStateStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Reads it. */
  public DirectoryState read() {
    return em().find(DirectoryState.class, DirectoryState.ONLY);
  }

  /** Holds it until the transaction ends. */
  public DirectoryState lock() {
    return em().find(DirectoryState.class, DirectoryState.ONLY, LockModeType.PESSIMISTIC_WRITE);
  }
}
