package org.hikae.enrollment.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Locale;
import org.hikae.caller.service.FromClient;
import org.hikae.enrollment.service.ConsentRenewal;
import org.hikae.enrollment.service.EnrollmentStatusReader;
import org.hikae.enrollment.service.EnrollmentViewMapper;
import org.hikae.enrollment.service.LegalHoldDisclosure;
import org.hikae.enrollment.wire.EnrollmentView;
import org.hikae.identity.service.EmployeeDirectory;
import org.hikae.identity.view.EmployeeView;
import org.hikae.identity.wire.RealmNames;
import org.hikae.rollout.service.RolloutDecision;

/** Tells an agent where its employee stands, before it has a device session. */
@Stateless
@RolesAllowed(RealmNames.EMPLOYEE)
@FromClient(RealmNames.AGENT_CLIENT)
public class EnrollmentQueries {

  @Inject private EmployeeDirectory directory;
  @Inject private RolloutDecision rollout;
  @Inject private EnrollmentStatusReader enrollmentStatusReader;
  @Inject private LegalHoldDisclosure legalHoldDisclosure;
  @Inject private ConsentRenewal consentRenewal;

  /** Where the caller stands, with the consent text in Japanese or else in English. */
  public EnrollmentView view(Locale locale) {
    EmployeeView me = directory.me();
    return new EnrollmentView(
        me.issuer(),
        me.subject(),
        me.displayName(),
        rollout.show(me.employeeId()),
        enrollmentStatusReader.state(me.employeeId()),
        EnrollmentViewMapper.of(enrollmentStatusReader.text(locale)),
        enrollmentStatusReader.currentSet(me.employeeId()).orElse(null),
        legalHoldDisclosure.since(me.employeeId()).orElse(null),
        consentRenewal.open(me.employeeId()).orElse(null));
  }
}
