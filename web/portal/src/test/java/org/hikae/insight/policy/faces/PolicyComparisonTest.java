package org.hikae.insight.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.insight.policy.faces.EffectivePolicyRow.ValueForm;
import org.junit.jupiter.api.Test;

/** Two people's policies side by side. */
class PolicyComparisonTest {

  private static EffectivePolicyRow row(String name, Object value, String origin) {
    return new EffectivePolicyRow(name, ValueForm.TEXT, "days", value, origin, "", 1L);
  }

  @Test
  void only_values_that_differ_are_shown_whatever_policy_says_so() {
    EffectivePolicyRow hold = row("holdDays", 30L, "builtIn");
    EffectivePolicyRow shorter = row("holdDays", 7L, "group");
    assertThat(
            PolicyComparison.differing(
                List.of(row("a", 1L, "builtIn"), hold, row("folders", List.of("~"), "default")),
                List.of(row("folders", List.of("~"), "employee"), shorter, row("a", 1L, "group"))))
        .containsExactly(new PolicyComparison(hold, shorter));
  }
}
