package org.hikae.enrollment.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.hikae.identity.service.LegalHolds;
import org.hikae.identity.view.StandingLegalHold;
import org.hikae.policy.service.Policies;

/** What an employee is told about a legal hold on their own backup. */
@Stateless
@PermitAll
public class LegalHoldDisclosure {

  @Inject private LegalHolds legalHolds;
  @Inject private Policies policies;

  /** Since when there is one; empty when there is none, or when their policy hides it from them. */
  public Optional<Instant> since(long employeeId) {
    return legalHolds
        .standing(employeeId)
        .filter(_ -> policies.of(employeeId).showsLegalHold())
        .map(StandingLegalHold::setAt);
  }
}
