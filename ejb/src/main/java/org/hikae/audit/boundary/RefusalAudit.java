package org.hikae.audit.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.hikae.audit.service.AuditTrail;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.view.Caller;
import org.hikae.runtime.control.ActorLimit;
import org.hikae.schema.value.TextTruncation;

/**
 * Records that a signed-in person was refused something, in a transaction of its own because the
 * refused one is gone. Bounded per person, so that nobody fills the trail by trying in a loop.
 */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RefusalAudit {

  private static final int MAX_OBJECT_CHARS = 200;

  /** Refusals of one person that are recorded in a minute; further ones are not. */
  private static final ActorLimit LIMIT = new ActorLimit(10, Duration.ofMinutes(1), 10_000);

  @Inject private AuditTrail trail;
  @Inject private CurrentCaller currentCaller;
  @Inject private Clock clock;

  /** Records that the caller may not do {@code what}; does nothing when nobody is signed in. */
  public void forbidden(String what) {
    currentCaller
        .callerIfAny()
        .filter(caller -> LIMIT.allow(caller.issuer() + " " + caller.subject(), clock.instant()))
        .ifPresent(caller -> record(caller, what));
  }

  private void record(Caller caller, String what) {
    String object = TextTruncation.to(what, MAX_OBJECT_CHARS);
    trail.record("access.refused", object, Map.of("client", caller.clientId()));
  }
}
