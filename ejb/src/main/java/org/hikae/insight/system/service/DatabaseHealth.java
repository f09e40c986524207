package org.hikae.insight.system.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.schema.store.DatabaseLiveness;

/** Asks the database, in a transaction of its own. */
@Stateless
@PermitAll
public class DatabaseHealth {

  @Inject private DatabaseLiveness liveness;

  /** True when the database answers; fails when it does not. */
  public boolean answers() {
    return liveness.answers();
  }
}
