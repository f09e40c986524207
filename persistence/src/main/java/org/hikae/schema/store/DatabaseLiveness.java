package org.hikae.schema.store;

import jakarta.enterprise.context.ApplicationScoped;

/** Asks the database for the simplest thing there is. */
@ApplicationScoped
public class DatabaseLiveness extends EntityStore {

  /** True when the database answers as the application's login. */
  public boolean answers() {
    return em().createNativeQuery("select head_id from audit_head").getResultList().size() == 1;
  }
}
