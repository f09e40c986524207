package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Locale;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.Agreements;
import org.hikae.enrollment.service.ShownLegalHold;
import org.hikae.enrollment.service.Standing;
import org.hikae.enrollment.service.Views;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.identity.service.Directory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.Realm;
import org.hikae.rollout.service.Rollout;

/** Tells an agent where its employee stands, before it has a device session. */
@Stateless
@RolesAllowed(Realm.EMPLOYEE)
@FromClient(Realm.AGENT_CLIENT)
public class EnrollmentDesk {

  @Inject private Directory directory;
  @Inject private Rollout rollout;
  @Inject private Standing standing;
  @Inject private ShownLegalHold shown;
  @Inject private Agreements agreements;

  /** Where the caller stands, with the consent text in Japanese or else in English. */
  public EnrollmentView view(Locale locale) {
    EmployeeView me = directory.me();
    return new EnrollmentView(
        me.issuer(),
        me.subject(),
        me.displayName(),
        rollout.show(me.employeeId()),
        standing.state(me.employeeId()),
        Views.of(standing.text(locale)),
        standing.currentSet(me.employeeId()).orElse(null),
        shown.since(me.employeeId()).map(Instant::toString).orElse(null),
        agreements.open(me.employeeId()).orElse(null));
  }
}
