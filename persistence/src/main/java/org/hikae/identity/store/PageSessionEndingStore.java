package org.hikae.identity.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.hikae.identity.entity.PageSessionEnding;
import org.hikae.schema.store.EntityStore;

/** Sessions at Keycloak that have ended. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class PageSessionEndingStore extends EntityStore {

  /** For the container. */
  public PageSessionEndingStore() {}

  /** For tests without a container. */
  public PageSessionEndingStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** Whether a session has ended. */
  public boolean contains(String keycloakSession) {
    return em().find(PageSessionEnding.class, keycloakSession) != null;
  }

  /** Keeps one, and forgets those that ended before a time. */
  public void add(PageSessionEnding ending, Instant forget) {
    em().createQuery("delete from PageSessionEnding e where e.endedAt < :forget")
        .setParameter("forget", forget)
        .executeUpdate();
    if (!contains(ending.keycloakSession())) {
      em().persist(ending);
    }
  }
}
