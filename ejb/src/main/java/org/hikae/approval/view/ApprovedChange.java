package org.hikae.approval.view;

import org.jspecify.annotations.Nullable;

/**
 * A change that two administrators want.
 *
 * @param change exactly what is to be done, as it was asked for and seen by both
 * @param subjectEmployeeId whom it concerns, if it is one employee
 * @param requestedBy who asked
 * @param approvedBy who agreed
 */
public record ApprovedChange(
    String change, @Nullable Long subjectEmployeeId, Actor requestedBy, Actor approvedBy) {

  /**
   * One of the two.
   *
   * @param issuer the realm
   * @param subject {@code sub}
   */
  public record Actor(String issuer, String subject) {}
}
