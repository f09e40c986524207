package org.hikae.insight.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.insight.policy.faces.EffectivePolicyRow.ValueForm;
import org.hikae.policy.view.EffectivePolicy;
import org.hikae.policy.view.PolicyKeyView;
import org.hikae.policy.view.PolicyValueType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectivePolicyRowTest {

  /** The kind of its key says so, and not what the key is called. */
  @ParameterizedTest
  @CsvSource({
    "NUMBER, bytes, BYTES",
    "NUMBER, bytes a second, BYTES",
    "NUMBER, days, TEXT",
    "FLAG, , FLAG",
    "LIST, folders, LIST",
    "CHOICE, , CHOICE",
    "VERSION, , TEXT"
  })
  void a_value_is_shown_in_the_form_of_its_key(
      PolicyValueType type, @Nullable String unit, ValueForm form) {
    PolicyKeyView key =
        new PolicyKeyView("whateverBytes", type, unit, null, null, List.of(), "", false);
    EffectivePolicy.Value value = new EffectivePolicy.Value("whateverBytes", "", null, null);
    EffectivePolicyRow row = EffectivePolicyRow.of(value, key);
    assertThat(row.form()).isEqualTo(form);
    assertThat(row.unit()).as("shown beside it").isEqualTo(unit);
  }
}
