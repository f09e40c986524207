package org.hikae.caller.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import org.hikae.caller.entity.ServiceAccountUse;
import org.hikae.schema.store.EntityStore;

/** The programs that have used the API. */
@ApplicationScoped
public class ServiceAccountUseStore extends EntityStore {

  /** Most programs that are listed. */
  public static final int MAX = 200;

  /** For the container. */
  public ServiceAccountUseStore() {}

  /** For tests without a container. */
  public ServiceAccountUseStore(EntityManager entityManager) {
    super(entityManager);
  }

  /**
   * Notes a use; false when another portal noted the program's first one at that moment, and then
   * the transaction can only be rolled back.
   */
  public boolean used(String clientId, String subject, String roles, Instant at) {
    ServiceAccountUse known = em().find(ServiceAccountUse.class, clientId);
    ServiceAccountUse use = known == null ? new ServiceAccountUse(clientId, at) : known;
    return written(
        () -> {
          use.used(subject, roles, at);
          em().persist(use);
        });
  }

  /** The programs, by name, one more than {@link #MAX} at most. */
  public List<ServiceAccountUse> all() {
    return em().createQuery(
            "select u from ServiceAccountUse u order by u.clientId", ServiceAccountUse.class)
        .setMaxResults(MAX + 1)
        .getResultList();
  }
}
