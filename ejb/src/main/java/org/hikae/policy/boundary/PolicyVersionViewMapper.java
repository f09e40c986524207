package org.hikae.policy.boundary;

import org.hikae.policy.control.PolicyValues;
import org.hikae.policy.entity.PolicyVersion;

/** Shows versions of policies. */
final class PolicyVersionViewMapper {

  private PolicyVersionViewMapper() {}

  static PolicyVersionView of(PolicyVersion version) {
    return new PolicyVersionView(
        version.number(),
        version.groupRank(),
        PolicyValues.parse(version.said()).named(),
        version.madeAt(),
        version.madeBySubject(),
        version.approvedBySubject());
  }
}
