package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeFilter.Order;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Summaries under changes that happen at once, on both databases. */
@EveryThirdRun
class EmployeeSummaryStoreTest extends OnBothDatabases {

  @ParameterizedTest
  @MethodSource("databases")
  void sums_up_what_two_transactions_did_at_once(TestDatabase database) throws Exception {
    long employeeId =
        database.inTransaction(em -> EmployeeFixture.employee(em, "At once").employeeId());
    refresh(database, employeeId);
    for (int round = 1; round <= 10; round++) {
      CountDownLatch bothHaveADevice = new CountDownLatch(2);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        List<Future<?>> adding =
            List.of(
                pool.submit(() -> addDevice(database, employeeId, bothHaveADevice)),
                pool.submit(() -> addDevice(database, employeeId, bothHaveADevice)));
        for (Future<?> one : adding) {
          one.get();
        }
      }
      assertThat(devices(database, employeeId)).isEqualTo(2L * round);
    }
  }

  private static Void addDevice(
      TestDatabase database, long employeeId, CountDownLatch bothHaveADevice) {
    return database.inTransaction(
        em -> {
          EmployeeFixture.device(em, employeeId);
          em.flush();
          bothHaveADevice.countDown();
          try {
            bothHaveADevice.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          new EmployeeSummaryStore(em).refresh(new TreeSet<>(List.of(employeeId)));
          return null;
        });
  }

  private static void refresh(TestDatabase database, long employeeId) {
    database.inTransaction(
        em -> {
          new EmployeeSummaryStore(em).refresh(new TreeSet<>(List.of(employeeId)));
          return null;
        });
  }

  /** What the list is sorted by, which is the summary's. */
  private static long devices(TestDatabase database, long employeeId) {
    return database.inTransaction(
        em ->
            em.createQuery(
                    "select s.devices from EmployeeSummary s where s.employeeId = :id", Long.class)
                .setParameter("id", employeeId)
                .getSingleResult());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void takes_the_longest_names(TestDatabase database) {
    String longest = "İ".repeat(200);
    long employeeId =
        database.inTransaction(em -> EmployeeFixture.employee(em, longest).employeeId());
    refresh(database, employeeId);
    EmployeeFilter filter = new EmployeeFilter("İİİ", null, null, null, Order.NAME, false);
    List<EmployeeFigure> listed =
        database.inTransaction(em -> new EmployeeFigures(em).rows(filter, 0, 10));
    assertThat(listed)
        .singleElement()
        .satisfies(found -> assertThat(found.employeeId()).isEqualTo(employeeId));
  }
}
