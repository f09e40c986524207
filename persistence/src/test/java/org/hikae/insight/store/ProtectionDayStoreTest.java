package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.hikae.insight.entity.ProtectionDay;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who was protected day by day, on both databases. */
class ProtectionDayStoreTest extends OnBothDatabases {

  private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

  private static void note(TestDatabase database, LocalDate day, long fresh) {
    database.inTransaction(
        em -> {
          new ProtectionDayStore(em).of(day).note(EmployeeFixture.START, 40, 30, 20, fresh);
          return null;
        });
  }

  private static List<ProtectionDay> since(TestDatabase database, LocalDate day) {
    return database.inTransaction(em -> new ProtectionDayStore(em).since(day));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_day_has_one_row_and_too_old_ones_go(TestDatabase database) {
    note(database, FIRST, 1);
    note(database, FIRST.plusDays(1), 2);
    note(database, FIRST.plusDays(1), 5);
    assertThat(since(database, FIRST))
        .extracting(ProtectionDay::freshDevices)
        .containsExactly(1L, 5L);
    ProtectionDay second = since(database, FIRST.plusDays(1)).getFirst();
    assertThat(second.day()).isEqualTo(FIRST.plusDays(1));
    assertThat(second.notedAt()).isEqualTo(EmployeeFixture.START);
    assertThat(second.employees()).isEqualTo(40);
    assertThat(second.optedIn()).isEqualTo(30);
    assertThat(second.devices()).isEqualTo(20);
    note(database, FIRST.plusDays(ProtectionDayStore.MOST), 7);
    assertThat(since(database, FIRST))
        .extracting(ProtectionDay::day)
        .containsExactly(FIRST.plusDays(1), FIRST.plusDays(ProtectionDayStore.MOST));
  }
}
