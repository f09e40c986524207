package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTemplateTest {

  /** Whoever begins with one over what is built in needs no second administrator for it. */
  @ParameterizedTest
  @EnumSource(PolicyTemplate.class)
  void none_protects_less_than_what_is_built_in(PolicyTemplate template) {
    PolicyStatement put =
        new PolicyStatement(
            new PolicyScopeId.Group("/any"), 1, 10, template.proposed(), PolicyFixture.START);
    PolicyImpact judged =
        PolicyImpact.of(put.scope(), List.of(), List.of(put), Map.of(1L, Set.of("/any")));
    assertThat(judged.weaker()).isEmpty();
    assertThat(judged.affected()).as("it changes something").isEqualTo(1);
  }

  /** The page has a sentence for each value: a value that is built in anyway needs none. */
  @ParameterizedTest
  @EnumSource(PolicyTemplate.class)
  void each_value_is_another_than_what_is_built_in(PolicyTemplate template) {
    assertThat(PolicyKey.values())
        .filteredOn(key -> template.proposed().get(key).isPresent())
        .allSatisfy(
            key ->
                assertThat(template.proposed().get(key).orElseThrow()).isNotEqualTo(key.builtIn()));
  }
}
