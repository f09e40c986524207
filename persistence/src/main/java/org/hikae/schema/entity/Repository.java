package org.hikae.schema.entity;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * What all repositories share: the entity manager, and that they work only inside the transaction
 * of a boundary. A concrete repository is a CDI bean, annotated {@code @ApplicationScoped} and
 * {@code @Transactional(MANDATORY)}.
 */
@Transactional(Transactional.TxType.MANDATORY)
public abstract class Repository {

  /** Most rows that any query for a page may return. */
  public static final int MAX_PAGE = 1000;

  @PersistenceContext(unitName = "hikae")
  private EntityManager entityManager;

  /** For subclasses and for the container's proxies. */
  protected Repository() {}

  /** For tests without a container. */
  protected Repository(EntityManager entityManager) {
    this.entityManager = entityManager;
  }

  /** The entity manager of the running transaction. */
  protected EntityManager em() {
    return entityManager;
  }

  /** Absence as a type: the only row of {@code rows}, or nothing. */
  protected static <T> Optional<T> only(List<T> rows) {
    if (rows.size() > 1) {
      throw new IllegalStateException("A query for one row returned " + rows.size());
    }
    return rows.stream().findFirst();
  }
}
