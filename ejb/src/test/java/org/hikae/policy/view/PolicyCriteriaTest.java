package org.hikae.policy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.hikae.policy.control.PolicyValues;
import org.hikae.problem.control.Refusal;
import org.junit.jupiter.api.Test;

class PolicyCriteriaTest {

  @Test
  void a_text_is_sought_in_lower_case_and_a_value_by_its_member() {
    PolicyCriteria sought = PolicyCriteria.sent("  /Sales ", "holdDays");
    assertThat(sought.text()).isEqualTo("/sales");
    assertThat(sought.member()).isEqualTo("\"holdDays\":");
    assertThat(PolicyValues.sent(Map.of("holdDays", 3)).json()).contains(sought.member());
    assertThat(PolicyCriteria.sent(null, "")).isEqualTo(PolicyCriteria.ALL);
    assertThat(PolicyCriteria.ALL.member()).isEmpty();
  }

  @Test
  void what_cannot_be_meant_is_refused() {
    assertThatThrownBy(() -> PolicyCriteria.sent("x".repeat(101), null))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> PolicyCriteria.sent("a\u0000b", null)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> PolicyCriteria.sent(null, "holdWeeks")).isInstanceOf(Refusal.class);
  }
}
