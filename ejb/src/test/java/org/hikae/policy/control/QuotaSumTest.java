package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people may store together, by the policies that hold for each. */
class QuotaSumTest {

  private static final long BUILT_IN = (Long) PolicyKey.QUOTA_BYTES.builtIn();
  private static final long GIB = 1L << 30;
  private static final Map<Long, Set<String>> COMPANY =
      Map.of(1L, Set.of("/sales/emea"), 2L, Set.of("/sales"), 3L, Set.of("/it"), 4L, Set.of());

  @Test
  void without_policies_everybody_has_what_is_built_in() {
    assertThat(QuotaSum.sum(List.of(), COMPANY)).isEqualTo(4 * BUILT_IN);
    assertThat(QuotaSum.sum(List.of(), Map.of())).isZero();
  }

  @Test
  void each_has_what_their_own_policy_says_then_their_groups_then_the_default() {
    List<PolicyStatement> policyStatement =
        List.of(
            PolicyFixture.everybody(Map.of("quotaBytes", 10 * GIB)),
            PolicyFixture.group("/sales", 1, Map.of("quotaBytes", 20 * GIB)),
            PolicyFixture.employee(2, Map.of("quotaBytes", 50 * GIB)));
    assertThat(QuotaSum.sum(policyStatement, COMPANY)).isEqualTo((20 + 50 + 10 + 10) * GIB);
  }

  @Test
  void the_sum_is_at_most_the_largest_number_there_is() {
    PolicyValueKind.Form form = PolicyKey.QUOTA_BYTES.kind().form();
    long most = Objects.requireNonNull(form.max());
    Map<Long, Set<String>> many = new HashMap<>();
    for (long id = 0; id <= Long.MAX_VALUE / most; id++) {
      many.put(id, Set.of());
    }
    assertThat(QuotaSum.sum(List.of(PolicyFixture.everybody(Map.of("quotaBytes", most))), many))
        .isEqualTo(Long.MAX_VALUE);
  }
}
