package org.hikae.policy.service;

import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.policy.view.PolicyVersionView;

/** Shows versions of policies. */
public final class PolicyVersionViewMapper {

  private PolicyVersionViewMapper() {}

  public static PolicyVersionView of(PolicyVersion version) {
    return new PolicyVersionView(
        version.number(),
        version.groupRank(),
        PolicyValues.parse(version.statement()).named(),
        version.madeAt(),
        version.madeBySubject(),
        version.approvedBySubject());
  }
}
