package org.hikae.policy.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.policy.view.EffectivePolicy.Value;
import org.hikae.policy.view.EffectivePolicyComparison.ComparedValue;
import org.junit.jupiter.api.Test;

/** Two people's policies side by side. */
class EffectivePolicyComparisonTest {

  @Test
  void what_differs_comes_first_whatever_policy_says_so() {
    Value quota = new Value("quotaBytes", 1L, null, null);
    Value sameQuota = new Value("quotaBytes", 1L, "default", 3L);
    Value hold = new Value("holdDays", 30L, "group/a", 1L);
    Value shorter = new Value("holdDays", 7L, "group/b", 2L);
    Value folders = new Value("backupInclude", List.of("~"), "default", 1L);
    Value noFolders = new Value("backupInclude", List.of(), "employee/2", 1L);
    EffectivePolicyComparison compared =
        EffectivePolicyComparison.of(
            new EffectivePolicy(1, List.of(quota, hold, folders)),
            new EffectivePolicy(2, List.of(noFolders, sameQuota, shorter)));
    assertThat(compared)
        .isEqualTo(
            new EffectivePolicyComparison(
                1,
                2,
                List.of(
                    new ComparedValue(true, hold, shorter),
                    new ComparedValue(true, folders, noFolders),
                    new ComparedValue(false, quota, sameQuota))));
  }
}
