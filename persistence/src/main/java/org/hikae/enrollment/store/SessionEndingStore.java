package org.hikae.enrollment.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hikae.enrollment.entity.SessionEnding;
import org.hikae.schema.store.EntityStore;

/** Sessions at Keycloak that are still to be ended. */
@ApplicationScoped
public class SessionEndingStore extends EntityStore {

  /** After so many failures it is given up; the portal refuses the device all the same. */
  public static final int MAX_ATTEMPTS = 1000;

  /** Keeps one. */
  public void add(SessionEnding ending) {
    em().persist(ending);
  }

  /** The one with this id. */
  public Optional<SessionEnding> find(long sessionEndingId) {
    return Optional.ofNullable(em().find(SessionEnding.class, sessionEndingId));
  }

  /** Those to be tried now, at most {@code limit}. */
  public List<SessionEnding> due(Instant now, int limit) {
    return em().createQuery(
            "select s from SessionEnding s where s.endedAt is null and s.nextAttemptAt <= :now"
                + " and s.attempts < :most order by s.nextAttemptAt",
            SessionEnding.class)
        .setParameter("now", now)
        .setParameter("most", MAX_ATTEMPTS)
        .setMaxResults(Math.min(limit, MAX_PAGE))
        .getResultList();
  }
}
