package org.hikae.identity.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hikae.identity.store.PageSessionEndingStore;
import org.hikae.runtime.service.Settings;

/**
 * Sessions at Keycloak that have ended, for several portals: Keycloak tells one of them, and the
 * session of the pages lies in all.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PageSessionEndings {

  /** Longer than a session at Keycloak lasts that can still renew its tokens. */
  private static final Duration KEPT = Duration.ofDays(30);

  @Inject private PageSessionEndingStore endings;
  @Inject private Settings settings;
  @Inject private Clock clock;

  /** Whether there are other portals that have to know. */
  @TransactionAttribute(TransactionAttributeType.SUPPORTS)
  public boolean needed() {
    return settings.isOneOfSeveral();
  }

  /** Notes for all portals that a session has ended. */
  public void end(String keycloakSession) {
    Instant now = clock.instant();
    var _ = endings.add(keycloakSession, now, now.minus(KEPT));
  }

  /** Whether a session has ended. */
  public boolean hasEnded(String keycloakSession) {
    return endings.contains(keycloakSession);
  }
}
