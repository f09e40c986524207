package org.hikae.caller.service;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.hikae.caller.entity.ServiceAccountUse;
import org.hikae.caller.store.ServiceAccountUseStore;
import org.hikae.caller.view.Caller;
import org.hikae.caller.view.ServiceAccountView;
import org.hikae.runtime.control.ActorLimit;

/** Notes, once a minute and node, that a program of the company's own uses the API, and tells. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ServiceAccountUsage {

  private static final ActorLimit ONCE = new ActorLimit(1, Duration.ofMinutes(1), 1000);

  @Resource private SessionContext context;
  @Inject private ServiceAccountUseStore uses;
  @Inject private Clock clock;

  /** The programs that were ever used, by name, one more than are shown at most. */
  public List<ServiceAccountView> all() {
    return uses.all().stream().map(ServiceAccountUsage::view).toList();
  }

  private static ServiceAccountView view(ServiceAccountUse use) {
    return new ServiceAccountView(
        use.clientId(),
        use.subject(),
        List.of(use.roles().split(" ", -1)),
        use.firstUsedAt(),
        use.lastUsedAt());
  }

  /** Notes the use. */
  public void uses(Caller caller) {
    Instant now = clock.instant();
    if (!ONCE.allow(caller.clientId(), now)) {
      return;
    }
    String roles = String.join(" ", new TreeSet<>(caller.roles()));
    if (!uses.used(caller.clientId(), caller.subject(), roles, now)) {
      // Another portal has noted it at this moment; what was called must not fail for that.
      context.setRollbackOnly();
    }
  }
}
