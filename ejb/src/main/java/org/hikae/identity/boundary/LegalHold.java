package org.hikae.identity.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;

/** Whether what an employee has stored must be kept for a court or an authority. */
@Stateless
@PermitAll
public class LegalHold {

  /** Whether nothing of the employee may be removed. */
  public boolean on(long employeeId) {
    return false;
  }
}
