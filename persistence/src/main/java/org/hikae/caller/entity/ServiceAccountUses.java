package org.hikae.caller.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hikae.schema.entity.Repository;

/** The programs that have used the API. */
@ApplicationScoped
public class ServiceAccountUses extends Repository {

  /** Most programs that are listed. */
  public static final int MAX = 200;

  /** Notes a use. */
  public void used(String clientId, String subject, String roles, Instant at) {
    ServiceAccountUse use = em().find(ServiceAccountUse.class, clientId);
    if (use == null) {
      use = new ServiceAccountUse(clientId, at);
      use.used(subject, roles, at);
      em().persist(use);
    } else {
      use.used(subject, roles, at);
    }
  }

  /** The programs, by name, one more than {@link #MAX} at most. */
  public List<ServiceAccountUse> all() {
    return em().createQuery(
            "select u from ServiceAccountUse u order by u.clientId", ServiceAccountUse.class)
        .setMaxResults(MAX + 1)
        .getResultList();
  }
}
