package org.hikae.enrollment.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import org.hikae.enrollment.service.KeycloakSessions;

/**
 * Ends the sessions at Keycloak of devices that were revoked or have signed in again. Asks Keycloak
 * outside any transaction; what fails is tried again later with growing waits.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SessionEndingJob {

  private static final System.Logger LOG = System.getLogger(SessionEndingJob.class.getName());

  @Inject private SessionEndingSteps endingSteps;
  @Inject private KeycloakSessions keycloak;

  /** Tries those that are due and returns how many were ended. */
  public int run() {
    int ended = 0;
    for (SessionEndingSteps.Due due : endingSteps.due()) {
      try {
        keycloak.end(due.keycloakSession());
        endingSteps.ended(due.id());
        ended++;
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "A session of device {0} cannot be ended yet: {1}",
            due.deviceId(),
            e.getMessage());
        endingSteps.failed(due.id());
      }
    }
    return ended;
  }
}
