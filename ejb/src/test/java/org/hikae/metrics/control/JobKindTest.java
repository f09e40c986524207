package org.hikae.metrics.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobKindTest {

  @Test
  void a_label_is_the_name_in_small_letters() {
    for (JobKind kind : JobKind.values()) {
      assertThat(kind.label()).isEqualToIgnoringCase(kind.name()).matches("[a-z_]+");
    }
  }
}
