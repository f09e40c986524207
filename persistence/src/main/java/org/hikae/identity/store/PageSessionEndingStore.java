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

  /**
   * Keeps that a session has ended, and forgets those that ended before a time.
   *
   * @return whether nobody had kept it before
   */
  public boolean add(String keycloakSession, Instant endedAt, Instant forget) {
    em().createQuery("delete from PageSessionEnding e where e.endedAt < :forget")
        .setParameter("forget", forget)
        .executeUpdate();
    // Keycloak may say it to two portals, if its first word got no answer.
    return inserted(
        "insert into page_session_ending (keycloak_session, ended_at) values (?, ?)",
        keycloakSession,
        endedAt);
  }
}
