package org.hikae.policy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankChoiceTest {

  private static final int ANY = 1_000_001;

  @Test
  void the_rank_after_all_others_leaves_room_between_them() {
    assertThat(RankChoice.free(List.of(), ANY)).hasValue(10);
    assertThat(RankChoice.free(List.of(30, 10), ANY)).hasValue(40);
    assertThat(RankChoice.free(List.of(39), ANY)).hasValue(40);
  }

  @Test
  void a_group_decides_before_those_above_it() {
    assertThat(RankChoice.free(List.of(20, 30), 20)).hasValue(19);
    assertThat(RankChoice.free(List.of(20, 19, 18, 50), 20)).hasValue(17);
  }

  @Test
  void the_last_rank_is_followed_by_the_largest_that_is_free() {
    assertThat(RankChoice.free(List.of(1_000_000, 999_999), ANY)).hasValue(999_998);
    assertThat(RankChoice.free(List.of(Integer.MAX_VALUE), ANY)).hasValue(1_000_000);
  }

  @Test
  void where_every_rank_is_taken_there_is_none() {
    List<Integer> taken = IntStream.rangeClosed(1, 5).boxed().toList();
    assertThat(RankChoice.free(taken, 5)).isEqualTo(OptionalInt.empty());
    assertThat(RankChoice.free(taken, 1)).isEmpty();
  }
}
