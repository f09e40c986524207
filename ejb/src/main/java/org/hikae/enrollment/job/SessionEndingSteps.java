package org.hikae.enrollment.job;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.enrollment.entity.SessionEnding;
import org.hikae.enrollment.store.SessionEndingStore;

/** The outbox that {@link SessionEndingJob} works on; each method is one short transaction. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SessionEndingSteps {

  private static final int AT_ONCE = 20;

  @Inject private SessionEndingStore endings;
  @Inject private AuditTrail trail;
  @Inject private Clock clock;

  /**
   * A session to end.
   *
   * @param id of the row
   * @param keycloakSession the session
   * @param deviceId the device that was revoked or has signed in again
   */
  public record Due(long id, String keycloakSession, String deviceId) {

    static Due of(SessionEnding ending) {
      return new Due(ending.sessionEndingId(), ending.keycloakSession(), ending.deviceId());
    }
  }

  /** What is to be tried now. */
  public List<Due> due() {
    return endings.due(clock.instant(), AT_ONCE).stream().map(Due::of).toList();
  }

  /** It is done. */
  public void ended(long id) {
    SessionEnding ending = find(id);
    ending.ended(clock.instant());
    trail.recordSystem("sessions", "session.ended", "device:" + ending.deviceId(), Map.of());
  }

  /** It did not work this time; giving up leaves a trace. */
  public void failed(long id) {
    SessionEnding ending = find(id);
    ending.failed(clock.instant());
    if (ending.attempts() >= SessionEndingStore.MAX_ATTEMPTS) {
      trail.recordSystem("sessions", "session.given-up", "device:" + ending.deviceId(), Map.of());
    }
  }

  private SessionEnding find(long id) {
    return endings.find(id).orElseThrow(() -> new IllegalStateException("No such row: " + id));
  }
}
