package org.hikae.policy.control;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people may store together. */
public final class QuotaSum {

  private QuotaSum() {}

  /**
   * The sum of their quotas in bytes, at most the largest number there is.
   *
   * @param policyStatement what all scopes say now
   * @param people with their groups
   */
  public static long sum(
      Collection<PolicyStatement> policyStatement, Map<Long, Set<String>> people) {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<PolicyCohort, List<Long>> kind :
        PolicyCohort.of(policyStatement, people).entrySet()) {
      EffectiveValues holds =
          EffectiveValues.of(kind.getKey().employeeId(), kind.getKey().groups(), policyStatement);
      sum =
          sum.add(
              BigInteger.valueOf(holds.number(PolicyKey.QUOTA_BYTES))
                  .multiply(BigInteger.valueOf(kind.getValue().size())));
    }
    return sum.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }
}
