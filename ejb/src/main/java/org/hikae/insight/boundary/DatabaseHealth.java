package org.hikae.insight.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.hikae.schema.entity.Liveness;

/** Asks the database, in a transaction of its own. */
@Stateless
@PermitAll
public class DatabaseHealth {

  @Inject private Liveness liveness;

  /** True when the database answers; fails when it does not. */
  public boolean answers() {
    return liveness.answers();
  }
}
