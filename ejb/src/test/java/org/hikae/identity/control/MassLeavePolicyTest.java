package org.hikae.identity.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hikae.identity.control.MassLeavePolicy.Decision;
import org.junit.jupiter.api.Test;

class MassLeavePolicyTest {

  private static final MassLeavePolicy BIG = new MassLeavePolicy(1000, 5, 0);

  @Test
  void as_many_as_the_share_are_marked_and_one_more_is_asked_about() {
    assertThat(BIG.limit()).isEqualTo(50);
    assertThat(BIG.decide(people(1, 50), Set.of(), true))
        .isEqualTo(new Decision(people(1, 50), Set.of()));
    assertThat(BIG.decide(people(1, 51), Set.of(), true))
        .isEqualTo(new Decision(Set.of(), people(1, 51)));
  }

  @Test
  void ten_may_leave_a_small_company_unasked() {
    MassLeavePolicy small = new MassLeavePolicy(20, 5, 0);
    assertThat(small.decide(people(1, 10), Set.of(), true).mark()).hasSize(10);
    assertThat(small.decide(people(1, 11), Set.of(), true).mark()).isEmpty();
  }

  @Test
  void many_small_steps_within_a_day_are_stopped_like_a_large_one() {
    MassLeavePolicy late = new MassLeavePolicy(1000, 5, 49);
    assertThat(late.decide(people(1, 1), Set.of(), false).mark()).hasSize(1);
    assertThat(late.decide(people(1, 2), Set.of(), false))
        .isEqualTo(new Decision(Set.of(), people(1, 2)));
    MassLeavePolicy over = new MassLeavePolicy(1000, 5, 70);
    assertThat(over.decide(Set.of(), Set.of(), true)).isEqualTo(new Decision(Set.of(), Set.of()));
  }

  @Test
  void while_one_finding_waits_others_still_leave() {
    Set<Long> asked = people(1, 100);
    assertThat(BIG.decide(people(1, 101), asked, true))
        .isEqualTo(new Decision(Set.of(101L), asked));
    assertThat(BIG.decide(Set.of(101L), asked, false)).isEqualTo(new Decision(Set.of(101L), asked));
  }

  @Test
  void only_a_read_of_everybody_tells_that_somebody_is_back() {
    Set<Long> asked = people(1, 100);
    assertThat(BIG.decide(Set.of(), asked, false)).isEqualTo(new Decision(Set.of(), asked));
    assertThat(BIG.decide(people(1, 90), asked, true))
        .isEqualTo(new Decision(Set.of(), people(1, 90)));
    assertThat(BIG.decide(people(1, 3), asked, true))
        .as("so few are plausible")
        .isEqualTo(new Decision(people(1, 3), Set.of()));
    assertThat(BIG.decide(people(1, 50), asked, true))
        .as("as many as are plausible")
        .isEqualTo(new Decision(people(1, 50), Set.of()));
    assertThat(BIG.decide(people(1, 51), asked, true))
        .isEqualTo(new Decision(Set.of(), people(1, 51)));
    assertThat(BIG.decide(Set.of(), asked, true)).isEqualTo(new Decision(Set.of(), Set.of()));
  }

  @Test
  void more_are_added_to_those_who_were_asked_about() {
    assertThat(BIG.decide(people(101, 160), people(1, 100), false))
        .isEqualTo(new Decision(Set.of(), people(1, 160)));
  }

  private static Set<Long> people(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().collect(Collectors.toSet());
  }
}
