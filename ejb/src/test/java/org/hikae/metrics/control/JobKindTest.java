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

  /** All the others each portal counts for itself. */
  @Test
  void the_database_knows_of_what_one_portal_does_for_all() {
    assertThat(JobKind.values())
        .filteredOn(JobKind::isNotedInDatabase)
        .containsExactly(JobKind.NIGHT, JobKind.SCRUB, JobKind.DIRECTORY, JobKind.AUDIT_SEAL);
  }
}
