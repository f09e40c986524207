package org.hikae.backup.maintenance.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hikae.backup.ciphertext.store.ObjectKey;
import org.hikae.backup.move.store.StoreMoveException;
import org.hikae.backup.second.store.DueCopy;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

class CopyBatchTest {

  private static final List<DueCopy> CLAIMED =
      IntStream.range(0, 6)
          .mapToObj(id -> new DueCopy(id, new ObjectKey(7, Hash256.ZERO), true, false, 0))
          .toList();

  /** Steps of which some fail as told. */
  private static final class RecordedSteps implements CopyBatch.CopySteps {

    private final Map<Long, String> faults = new HashMap<>();
    private final List<Long> settled = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();
    private final List<Long> givenBack = new ArrayList<>();

    @Override
    public void settle(DueCopy due) throws StoreMoveException, InterruptedException {
      String fault = faults.get(due.dueId());
      if (fault == null) {
        settled.add(due.dueId());
      } else if (fault.isEmpty()) {
        throw new InterruptedException();
      } else {
        throw new StoreMoveException("SECOND", fault, "planted", new IOException("planted"));
      }
    }

    @Override
    public void failed(DueCopy due, String fault) {
      assertThat(fault).isEqualTo(faults.get(due.dueId()));
      failed.add(due.dueId());
    }

    @Override
    public void giveBack(List<DueCopy> rest) {
      rest.forEach(due -> givenBack.add(due.dueId()));
    }
  }

  @Test
  void an_object_that_fails_keeps_no_other_from_its_copy() throws Exception {
    RecordedSteps steps = new RecordedSteps();
    for (long id : new long[] {1, 2, 4, 5}) {
      steps.faults.put(id, "MISMATCH");
    }
    new CopyBatch(steps).work(CLAIMED);
    assertThat(steps.settled).containsExactly(0L, 3L);
    assertThat(steps.failed).containsExactly(1L, 2L, 4L, 5L);
    assertThat(steps.givenBack).isEmpty();
  }

  @Test
  void a_store_that_cannot_be_used_says_nothing_of_objects() {
    for (String fault : List.of("UNREACHABLE", "FULL", "READ_ONLY", "FOREIGN", "BUSY")) {
      RecordedSteps steps = new RecordedSteps();
      steps.faults.put(2L, fault);
      assertThatThrownBy(() -> new CopyBatch(steps).work(CLAIMED))
          .isInstanceOf(StoreMoveException.class);
      assertThat(steps.settled).containsExactly(0L, 1L);
      assertThat(steps.failed).isEmpty();
      assertThat(steps.givenBack).containsExactly(2L, 3L, 4L, 5L);
    }
  }

  @Test
  void after_some_failures_in_a_row_the_others_are_left_alone() {
    RecordedSteps steps = new RecordedSteps();
    for (long id : new long[] {1, 2, 3}) {
      steps.faults.put(id, "FAILING");
    }
    assertThatThrownBy(() -> new CopyBatch(steps).work(CLAIMED))
        .isInstanceOf(StoreMoveException.class);
    assertThat(steps.failed).containsExactly(1L, 2L, 3L);
    assertThat(steps.givenBack).containsExactly(4L, 5L);
  }

  @Test
  void a_server_that_stops_gives_back_what_it_has_not_begun() {
    RecordedSteps steps = new RecordedSteps();
    steps.faults.put(1L, "");
    assertThatThrownBy(() -> new CopyBatch(steps).work(CLAIMED))
        .isInstanceOf(InterruptedException.class);
    assertThat(steps.settled).containsExactly(0L);
    assertThat(steps.givenBack).containsExactly(1L, 2L, 3L, 4L, 5L);
  }
}
