package org.hikae.backup.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hk1Constants;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.control.TransferBudget;
import org.junit.jupiter.api.Test;

class TransferLimitsTest {

  private final TransferLimits transfers = new TransferLimits();

  private static int untilRefused(LongFunction<TransferBudget.Place> enter) {
    List<TransferBudget.Place> places = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      long employee = i;
      Refusal refusal =
          catchThrowableOfType(Refusal.class, () -> places.add(enter.apply(employee)));
      if (refusal != null) {
        assertThat(refusal.code()).isEqualTo(ProblemCode.BUSY);
        assertThat(refusal.retryAfterSeconds()).isEqualTo(TransferLimits.RETRY_AFTER_SECONDS);
        break;
      }
    }
    places.forEach(TransferBudget.Place::close);
    return places.size();
  }

  @Test
  void bounds_large_uploads_by_bytes_and_small_ones_by_number() {
    assertThat(untilRefused(employee -> transfers.memory(employee, Hk1Constants.MAX_OBJECT_BYTES)))
        .isEqualTo(8);
    assertThat(untilRefused(transfers::upload)).isEqualTo(TransferLimits.MAX_UPLOADS);
    assertThat(untilRefused(employee -> transfers.upload(1)))
        .isEqualTo(TransferLimits.MAX_UPLOADS_PER_EMPLOYEE);
  }

  @Test
  void what_is_too_large_for_memory_is_received_into_files() {
    assertThat(untilRefused(employee -> large(employee, ResticType.MAX_OBJECT_BYTES)))
        .isEqualTo(12);
    assertThat(untilRefused(employee -> large(1, ResticType.MAX_OBJECT_BYTES))).isEqualTo(6);
  }

  private TransferBudget.Place large(long employee, long bytes) {
    TransferLimits.TransferSlot room = transfers.room(employee, bytes);
    assertThat(room.inMemory()).isFalse();
    return room.place();
  }

  @Test
  void all_that_restic_sends_by_twenty_connections_has_room() {
    int pack = 17 * 1024 * 1024;
    int inMemory = 0;
    for (int i = 0; i < TransferLimits.MAX_UPLOADS_PER_EMPLOYEE; i++) {
      assertThat(transfers.upload(1)).isNotNull();
      inMemory += transfers.room(1, pack).inMemory() ? 1 : 0;
    }
    assertThat(inMemory).as("the rest in files").isBetween(4, 8);
    assertThat(transfers.upload(2)).as("somebody else").isNotNull();
    assertThat(transfers.memory(2, pack)).as("a device of somebody else").isNotNull();
  }

  @Test
  void bounds_downloads() {
    assertThat(untilRefused(transfers::download)).isEqualTo(TransferLimits.MAX_DOWNLOADS);
    assertThat(untilRefused(employee -> transfers.download(1)))
        .isEqualTo(TransferLimits.MAX_DOWNLOADS_PER_EMPLOYEE);
  }

  @Test
  void lets_the_largest_list_in_when_it_is_alone() {
    assertThat(untilRefused(employee -> transfers.list(employee, 10_000_000))).isEqualTo(1);
    assertThat(untilRefused(employee -> transfers.list(1, 1)))
        .isEqualTo(TransferLimits.MAX_COMMITS_PER_EMPLOYEE);
  }
}
