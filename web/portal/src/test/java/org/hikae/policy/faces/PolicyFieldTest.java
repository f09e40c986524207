package org.hikae.policy.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.control.PolicyTemplate;
import org.hikae.policy.view.PolicyKeyView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyFieldTest {

  private static PolicyField field(PolicyKey key, @Nullable Object set) {
    return new PolicyField(PolicyKeyView.of(key), set);
  }

  @ParameterizedTest
  @EnumSource(PolicyKey.class)
  void a_value_that_is_shown_is_the_value_that_is_saved(PolicyKey key) {
    PolicyField shown = field(key, key.builtIn());
    assertThat(shown.check()).isTrue();
    assertThat(shown.value()).isEqualTo(key.builtIn());
    assertThat(shown.isFilled()).isTrue();
    shown.clear();
    assertThat(shown.value()).as("inherited").isNull();
    assertThat(shown.isFilled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(PolicyTemplate.class)
  void what_a_template_proposes_can_be_saved_and_says_where_it_is_from(PolicyTemplate template) {
    template
        .proposed()
        .named()
        .forEach(
            (name, value) -> {
              PolicyField field = field(PolicyKey.named(name).orElseThrow(), null);
              field.propose(template.name(), value);
              assertThat(field.check()).as(name).isTrue();
              assertThat(field.value()).isEqualTo(value);
              assertThat(field.getProposal()).isEqualTo(template.name() + "." + name);
            });
  }

  @Test
  void time_and_bytes_are_read_with_their_unit() {
    PolicyField hold = field(PolicyKey.HOLD_DAYS, 30L);
    hold.setText("2");
    hold.setAmountUnit("weeks");
    assertThat(hold.value()).isEqualTo(14L);
    PolicyField quota = field(PolicyKey.QUOTA_BYTES, null);
    quota.setText("500 GB");
    assertThat(quota.value()).isEqualTo(500_000_000_000L);
    PolicyField every = field(PolicyKey.BACKUP_EVERY_HOURS, null);
    every.setText("2");
    every.setAmountUnit("days");
    assertThat(every.check()).as("at most a day").isFalse();
    assertThat(every.isFaulty()).isTrue();
  }

  @Test
  void a_template_goes_before_what_was_typed() {
    PolicyField folders = field(PolicyKey.BACKUP_INCLUDE, List.of());
    assertThat(folders.isNone()).isTrue();
    folders.propose("LAPTOP", List.of("~/Documents"));
    assertThat(folders.isNone()).isFalse();
    assertThat(folders.value()).isEqualTo(List.of("~/Documents"));
    PolicyField hold = field(PolicyKey.HOLD_DAYS, null);
    hold.setText("2");
    hold.setAmountUnit("weeks");
    hold.propose("EXECUTIVE", 90L);
    assertThat(hold.getAmountUnit()).isEqualTo("days");
    assertThat(hold.value()).isEqualTo(90L);
  }
}
