package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import org.hikae.insight.entity.StorageDay;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much was stored day by day, on both databases. */
@EveryThirdRun
class StorageDayStoreTest extends OnBothDatabases {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private static void note(TestDatabase database, LocalDate day, long bytes) {
    database.inTransaction(
        em -> {
          new StorageDayStore(em).of(day).note(EmployeeFixture.START, 3 * bytes, bytes, 10 * bytes);
          return null;
        });
  }

  private static List<StorageDay> since(TestDatabase database, LocalDate day) {
    return database.inTransaction(em -> new StorageDayStore(em).since(day));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_day_has_one_row_and_too_old_ones_go(TestDatabase database) {
    note(database, FIRST, 1);
    note(database, FIRST.plusDays(1), 2);
    note(database, FIRST.plusDays(1), 5);
    assertThat(since(database, FIRST))
        .extracting(StorageDay::day, StorageDay::liveBytes)
        .containsExactly(tuple(FIRST, 1L), tuple(FIRST.plusDays(1), 5L));
    StorageDay second = since(database, FIRST.plusDays(1)).getFirst();
    assertThat(second.storedBytes()).isEqualTo(15);
    assertThat(second.quotaBytes()).isEqualTo(50);
    assertThat(second.notedAt()).isEqualTo(EmployeeFixture.START);
    note(database, FIRST.plusDays(StorageDayStore.MOST), 7);
    assertThat(since(database, FIRST))
        .extracting(StorageDay::day)
        .containsExactly(FIRST.plusDays(1), FIRST.plusDays(StorageDayStore.MOST));
    List<Long> participants = database.inTransaction(em -> new StorageDayStore(em).participants());
    assertThat(participants).isEmpty();
  }
}
