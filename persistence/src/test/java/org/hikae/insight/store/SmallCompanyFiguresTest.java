package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hikae.backup.entity.Run;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.store.RunStore;
import org.hikae.backup.store.StoredObjectStore;
import org.hikae.backup.value.ReportedRun;
import org.hikae.backup.value.RunFigures;
import org.hikae.backup.wire.RunReport;
import org.hikae.backup.wire.RunResult;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.wire.BackupSetState;
import org.hikae.hk1.Hash256;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeFilter.EnrollmentStatus;
import org.hikae.insight.value.EmployeeFilter.LastRunCondition;
import org.hikae.insight.value.EmployeeFilter.Order;
import org.hikae.insight.value.EmployeeKeyset;
import org.hikae.insight.value.LastRun;
import org.hikae.notice.entity.Notice;
import org.hikae.notice.entity.NoticeDelivery;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures of a small company, on both databases. */
class SmallCompanyFiguresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START.plus(Duration.ofHours(1));

  /** Anna backs up twice, Ben fell silent, Clara is pending, Dora withdrew, Emil never came. */
  @BeforeAll
  void fillDatabases() {
    databases().map(Named::getPayload).forEach(database -> database.inTransaction(this::fill));
  }

  private Void fill(EntityManager em) {
    EnrolledEmployee anna = EmployeeFixture.person(em, "Anna_100%");
    EmployeeFixture.device(em, anna.employeeId());
    store(em, anna, "a", 1000);
    store(em, anna, "b", 500);
    run(em, anna, "1", RunResult.PARTIAL, NOW.minusSeconds(600));
    run(em, anna, "2", RunResult.SUCCESS, NOW.minusSeconds(300));
    em.find(Device.class, anna.deviceId()).backedUp(NOW.minusSeconds(310));
    EnrolledEmployee ben = EmployeeFixture.person(em, "Ben");
    store(em, ben, "a", 70);
    run(em, ben, "1", RunResult.RUNNING, NOW.minus(LastRun.STALE_AFTER).minusSeconds(1));
    em.find(Device.class, ben.deviceId()).backedUpByRestic(NOW.minusSeconds(9000));
    long clara = EmployeeFixture.employee(em, "Clara").employeeId();
    String device = EmployeeFixture.device(em, clara);
    em.persist(new BackupSet("c".repeat(32), clara, device, EmployeeFixture.START));
    EnrolledEmployee dora = EmployeeFixture.person(em, "Dora");
    em.find(Device.class, dora.deviceId()).revoke();
    em.find(BackupSet.class, dora.setId()).withdraw();
    store(em, dora, "a", 7);
    EmployeeFixture.employee(em, "Emil");
    em.flush();
    new EmployeeSummaryStore(em)
        .refresh(new TreeSet<>(new EmployeeSummaryStore(em).employeesAfter(0)));
    return null;
  }

  private static void store(
      EntityManager em, EnrolledEmployee enrolledEmployee, String seed, long size) {
    Hash256 name =
        Hash256.sha256(
            (seed + enrolledEmployee.employeeId())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    StoredObjectStore objects = new StoredObjectStore(em);
    objects.count(
        objects.add(
            new StoredObject(enrolledEmployee.repositoryId(), name, size, EmployeeFixture.START)));
  }

  private static void run(
      EntityManager em,
      EnrolledEmployee enrolledEmployee,
      String id,
      RunResult result,
      Instant reportedAt) {
    ReportedRun report =
        new ReportedRun(
            RunReport.Kind.BACKUP,
            result,
            EmployeeFixture.START,
            result == RunResult.RUNNING ? null : reportedAt,
            "1.0",
            new RunFigures(1, 0, 1, 1, 0, 1));
    String runId = id.repeat(32);
    new RunStore(em)
        .add(
            new Run(
                runId,
                enrolledEmployee.deviceId(),
                enrolledEmployee.employeeId(),
                report,
                reportedAt),
            enrolledEmployee.employeeId());
  }

  private static int devices(TestDatabase database, @Nullable Instant from, @Nullable Instant to) {
    DeviceFilter filter =
        new DeviceFilter(null, null, null, new DeviceFilter.Age(from, to), null, null, false);
    return database.inTransaction(em -> new DeviceFigures(em).pageAfter(filter, null, 100)).size();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void lists_of_devices_by_age_hold_those_that_the_overview_counts(TestDatabase database) {
    Instant later = NOW.minusSeconds(600);
    Instant earlier = NOW.minusSeconds(3600);
    CoverageFigures.DeviceFigure counted =
        database.inTransaction(em -> new CoverageFigures(em).devices(later, earlier));
    assertThat(counted).isEqualTo(new CoverageFigures.DeviceFigure(3L, 1L, 0L, 1L));
    assertThat(devices(database, later, null)).isEqualTo(1);
    assertThat(devices(database, earlier, later)).isZero();
    assertThat(devices(database, null, earlier)).isEqualTo(1);
    assertThat(devices(database, null, null)).isEqualTo(1);
  }

  private static EmployeeFilter by(Order order, boolean descending) {
    return new EmployeeFilter("", null, null, null, order, descending);
  }

  private static List<String> names(TestDatabase database, EmployeeFilter filter) {
    List<EmployeeFigure> page =
        database.inTransaction(em -> new EmployeeFigures(em).rows(filter, 0, 100));
    long count = database.inTransaction(em -> new EmployeeFigures(em).count(filter));
    assertThat(count).isEqualTo(page.size());
    return page.stream().map(figure -> figure.displayName().replace("_100%", "")).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void shows_every_employee_with_their_figures(TestDatabase database) {
    List<EmployeeFigure> all =
        database.inTransaction(em -> new EmployeeFigures(em).rows(by(Order.NAME, false), 0, 100));
    assertThat(all).hasSize(5);
    EmployeeFigure anna = all.getFirst();
    assertThat(anna.storedBytes()).isEqualTo(1500);
    assertThat(anna.devices()).isEqualTo(2);
    assertThat(anna.currentSet()).isEqualTo(BackupSetState.ACTIVE);
    assertThat(anna.lastBackupAt()).isEqualTo(NOW.minusSeconds(310));
    assertThat(anna.lastRun())
        .isEqualTo(new LastRun(NOW.minusSeconds(300), RunReport.Kind.BACKUP, RunResult.SUCCESS));
    EmployeeFigure dora = all.get(3);
    assertThat(dora.devices()).isZero();
    assertThat(dora.withdrawnSets()).isEqualTo(1);
    assertThat(dora.storedBytes()).isEqualTo(7);
    EmployeeFigure emil = all.getLast();
    assertThat(emil.lastRun()).isNull();
    assertThat(emil.lastBackupAt()).isNull();
    assertThat(emil.storedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_monitoring_system_is_told_what_is_stored_and_what_waits(TestDatabase database) {
    database.inTransaction(
        em -> {
          MonitoringFigures monitor = new MonitoringFigures(em);
          assertThat(monitor.stored()).isEqualTo(new MonitoringFigures.Stored(4, 1577));
          assertThat(monitor.outbox(NOW)).isEqualTo(new MonitoringFigures.WaitingNotices(0, null));
          Notice first = new Notice(NOW, null, NoticeKind.SET_ACTIVE, "{}", null);
          Notice later = new Notice(NOW.minusSeconds(5), null, NoticeKind.SET_RESUMED, "{}", null);
          em.persist(first);
          em.persist(later);
          Instant oldest = NOW.minusSeconds(5);
          assertThat(monitor.outbox(NOW))
              .isEqualTo(new MonitoringFigures.WaitingNotices(2, oldest));

          DeliveryDestination to =
              new DeliveryDestination(NoticeChannel.MAIL, "a@example.com", "en");
          Instant due = NOW.plusSeconds(60);
          em.persist(new NoticeDelivery(later, 1, to, true, due));
          later.addressed(NOW);
          assertThat(monitor.outbox(NOW)).isEqualTo(new MonitoringFigures.WaitingNotices(1, NOW));
          assertThat(monitor.outbox(due))
              .isEqualTo(new MonitoringFigures.WaitingNotices(2, oldest));
          return null;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void sorts_by_every_column_with_those_without_a_value_last(TestDatabase database) {
    assertThat(names(database, by(Order.NAME, true)))
        .containsExactly("Emil", "Dora", "Clara", "Ben", "Anna");
    assertThat(names(database, by(Order.STORED_BYTES, true)))
        .containsExactly("Anna", "Ben", "Dora", "Emil", "Clara");
    assertThat(names(database, by(Order.LAST_RUN, false)))
        .containsExactly("Ben", "Anna", "Clara", "Dora", "Emil");
    assertThat(names(database, by(Order.LAST_RUN, true)))
        .containsExactly("Anna", "Ben", "Emil", "Dora", "Clara");
    assertThat(names(database, by(Order.LAST_BACKUP, true)).subList(0, 2))
        .containsExactly("Anna", "Ben");
    assertThat(names(database, by(Order.DEVICES, true)))
        .containsExactly("Anna", "Clara", "Ben", "Emil", "Dora");
    assertThat(names(database, by(Order.STANDING, false)))
        .containsExactly("Emil", "Dora", "Clara", "Anna", "Ben");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void filters_by_standing(TestDatabase database) {
    for (EnrollmentStatus enrollmentStatus : EnrollmentStatus.values()) {
      EmployeeFilter filter =
          new EmployeeFilter("", enrollmentStatus, null, null, Order.NAME, false);
      assertThat(names(database, filter))
          .isEqualTo(
              switch (enrollmentStatus) {
                case NONE -> List.of("Emil");
                case PENDING -> List.of("Clara");
                case ACTIVE -> List.of("Anna", "Ben");
                case WITHDRAWN -> List.of("Dora");
              });
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void filters_by_the_newest_run_and_tells_silent_from_live(TestDatabase database) {
    Instant before = NOW.minus(LastRun.STALE_AFTER);
    assertThat(names(database, lastRun(RunResult.SUCCESS, before, false))).containsExactly("Anna");
    assertThat(names(database, lastRun(RunResult.PARTIAL, before, false))).isEmpty();
    assertThat(names(database, lastRun(RunResult.RUNNING, before, true))).containsExactly("Ben");
    assertThat(names(database, lastRun(RunResult.RUNNING, before, false))).isEmpty();
  }

  private static EmployeeFilter lastRun(RunResult result, Instant before, boolean stale) {
    return new EmployeeFilter(
        "", null, new LastRunCondition(result, before, stale), null, Order.NAME, false);
  }

  private Stream<Named<TestDatabase>> postgresql() {
    return databases().skip(1);
  }

  @ParameterizedTest
  @MethodSource("postgresql")
  void departments_are_counted_by_a_statement_without_a_limit_to_guess(TestDatabase database) {
    assertThat(database.inTransaction(SmallCompanyFiguresTest::preparedForDepartments))
        .hasSize(1)
        .allSatisfy(statement -> assertThat(statement).doesNotContain("$"));
  }

  /** What PostgreSQL keeps after it was asked so often. */
  @SuppressWarnings("unchecked")
  private static List<String> preparedForDepartments(EntityManager em) {
    for (int i = 0; i < 10; i++) {
      new CoverageFigures(em).departments();
    }
    return em.createNativeQuery(
            "select statement from pg_prepared_statements where statement like '%employee_group%'"
                + " and statement like '%count(%'",
            String.class)
        .getResultList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void names_departments_that_are_behind_and_lists_their_devices(TestDatabase database) {
    assertThatThrownBy(() -> database.inTransaction(SmallCompanyFiguresTest::groupAndUndo))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Void groupAndUndo(EntityManager em) {
    em.createQuery("select e from Employee e", Employee.class)
        .getResultList()
        .forEach(
            employee ->
                employee.synced(
                    EmployeeState.ENABLED, Set.of("/All", "/" + employee.displayName()), NOW));
    em.flush();
    assertThat(new DepartmentFigures(em).behind(NOW.minusSeconds(600), NOW.minusSeconds(3600), 10))
        .containsExactly(
            new DepartmentFigures.Figure("/All", 1L, 0L, 1L, 1L),
            new DepartmentFigures.Figure("/Anna_100%", 1L, 0L, 0L, 1L),
            new DepartmentFigures.Figure("/Ben", 0L, 0L, 1L, 0L));
    assertThat(new CoverageFigures(em).departments())
        .startsWith(new CoverageFigures.DepartmentFigure("/All", 5, 2, 0))
        .contains(
            new CoverageFigures.DepartmentFigure("/Ben", 1, 1, 0),
            new CoverageFigures.DepartmentFigure("/Clara", 1, 0, 0));
    DeviceFilter ofBen = new DeviceFilter(null, null, null, null, null, "/Ben", false);
    assertThat(new DeviceFigures(em).pageAfter(ofBen, null, 10))
        .extracting(DeviceWithOwner::employeeName)
        .containsExactly("Ben");
    throw new UnsupportedOperationException("Nothing of it shall stay");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void counts_what_happened_lately_and_lists_the_same(TestDatabase database) {
    Instant since = NOW.minusSeconds(400);
    RecentFigures.Figure figure =
        database.inTransaction(
            em -> new RecentFigures(em).since(since, List.of(NoticeKind.DEVICE_ENROLLED)));
    assertThat(figure.backedUp()).isEqualTo(1);
    assertThat(figure.byRestic()).as("the agent's").isZero();
    RecentFigures.Figure longer =
        database.inTransaction(
            em -> new RecentFigures(em).since(NOW.minusSeconds(9100), List.of()));
    assertThat(longer.backedUp()).isEqualTo(2);
    assertThat(longer.byRestic()).isEqualTo(1);
    assertThat(figure.added()).isEqualTo(lately(database, new DeviceFilter.Since(null, since)));
    assertThat(lately(database, new DeviceFilter.Since(since, null))).isEqualTo(1);
    assertThat(figure.failed()).isZero();
    assertThat(names(database, failed(since))).isEmpty();
    assertThat(lately(database, new DeviceFilter.Since(null, EmployeeFixture.START))).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_those_whose_newest_run_failed_lately(TestDatabase database) {
    assertThatThrownBy(() -> database.inTransaction(SmallCompanyFiguresTest::failAndUndo))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Void failAndUndo(EntityManager em) {
    Device device =
        em.createQuery(
                "select d from Device d join Employee e on e.employeeId = d.employeeId"
                    + " where e.displayName = 'Ben'",
                Device.class)
            .getSingleResult();
    EnrolledEmployee ben = new EnrolledEmployee(device.employeeId(), device.deviceId(), "", 0);
    run(em, ben, "3", RunResult.NETWORK, NOW.minusSeconds(100));
    new EmployeeSummaryStore(em).refresh(new TreeSet<>(List.of(ben.employeeId())));
    assertThat(new RecentFigures(em).since(NOW.minusSeconds(200), List.of()).failed()).isEqualTo(1);
    assertThat(new RecentFigures(em).since(NOW.minusSeconds(50), List.of()).failed()).isZero();
    assertThat(new EmployeeFigures(em).rows(failed(NOW.minusSeconds(200)), 0, 10))
        .extracting(EmployeeFigure::displayName)
        .containsExactly("Ben");
    throw new UnsupportedOperationException("Nothing of it shall stay");
  }

  private static int lately(TestDatabase database, DeviceFilter.Since since) {
    DeviceFilter filter = new DeviceFilter(null, null, null, null, since, null, false);
    return database.inTransaction(em -> new DeviceFigures(em).pageAfter(filter, null, 100)).size();
  }

  private static EmployeeFilter failed(Instant since) {
    return new EmployeeFilter("", null, null, since, Order.NAME, false);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void looks_for_text_in_any_case_and_takes_wildcards_literally(TestDatabase database) {
    assertThat(names(database, text("dO"))).containsExactly("Dora");
    assertThat(names(database, text(" clara@EXAMPLE "))).containsExactly("Clara");
    assertThat(names(database, text("_100%"))).containsExactly("Anna");
    assertThat(names(database, text("%"))).containsExactly("Anna");
    assertThat(names(database, text("n_a"))).isEmpty();
    assertThat(names(database, text("!"))).isEmpty();
    assertThat(names(database, text("' or 1=1 --"))).isEmpty();
  }

  private static EmployeeFilter text(String text) {
    return new EmployeeFilter(text, null, null, null, Order.NAME, false);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void gives_each_employee_on_one_page_only(TestDatabase database) {
    for (Order order : Order.values()) {
      List<Long> seen = new ArrayList<>();
      for (int offset = 0; offset < 6; offset += 2) {
        int from = offset;
        List<EmployeeFigure> page =
            database.inTransaction(em -> new EmployeeFigures(em).rows(by(order, true), from, 2));
        page.forEach(figure -> seen.add(figure.employeeId()));
      }
      assertThat(seen).as(order.name()).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void goes_on_after_the_place_where_a_page_ended(TestDatabase database) {
    for (Order order : Order.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        EmployeeFilter filter = by(order, descending);
        for (int limit = 1; limit <= 5; limit++) {
          assertThat(walked(database, filter, limit))
              .as("%s, descending %s, %d on a page", order, descending, limit)
              .isEqualTo(names(database, filter));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void counts_what_it_finds_wherever_one_looks(TestDatabase database) {
    for (EmployeeFilter filter : List.of(text("a"), text("clara"), text("nobody"), text(""))) {
      for (int offset = 0; offset <= 6; offset++) {
        int from = offset;
        EmployeeFigures.EmployeeListPart found =
            database.inTransaction(em -> new EmployeeFigures(em).found(filter, from, 2));
        List<EmployeeFigure> rows =
            database.inTransaction(em -> new EmployeeFigures(em).rows(filter, from, 2));
        long count = database.inTransaction(em -> new EmployeeFigures(em).count(filter));
        assertThat(found).isEqualTo(new EmployeeFigures.EmployeeListPart(rows, count));
      }
    }
  }

  private static List<String> walked(TestDatabase database, EmployeeFilter filter, int limit) {
    List<String> seen = new ArrayList<>();
    EmployeeKeyset place = null;
    do {
      EmployeeKeyset from = place;
      EmployeeFigures.Page page =
          database.inTransaction(em -> new EmployeeFigures(em).pageAfter(filter, from, limit));
      assertThat(page.employees()).hasSizeBetween(1, limit);
      page.employees().forEach(figure -> seen.add(figure.displayName().replace("_100%", "")));
      place =
          page.end() == null
              ? null
              : EmployeeKeyset.of(filter.order(), page.end().text(), page.end().employeeId());
    } while (place != null && seen.size() < 6);
    return seen;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void shows_an_employee_their_own_devices_and_nobody_elses(TestDatabase database) {
    EmployeeFigure anna = figure(database, "anna");
    List<OwnFigures.DeviceFigure> devices =
        database.inTransaction(em -> new OwnFigures(em).devices(anna.employeeId()));
    assertThat(devices).hasSize(2);
    assertThat(devices)
        .filteredOn(device -> device.lastRun() != null)
        .singleElement()
        .satisfies(device -> assertThat(device.lastRun().result()).isEqualTo(RunResult.SUCCESS));
    OwnFigures.Stored stored =
        database.inTransaction(em -> new OwnFigures(em).stored(anna.employeeId()));
    assertThat(stored).isEqualTo(new OwnFigures.Stored(1500L, 2L));
    EmployeeFigure emil = figure(database, "emil");
    OwnFigures.Stored none =
        database.inTransaction(em -> new OwnFigures(em).stored(emil.employeeId()));
    assertThat(none).isEqualTo(new OwnFigures.Stored(0L, 0L));
    List<OwnFigures.WrapFigure> wraps =
        database.inTransaction(em -> new OwnFigures(em).wraps(emil.employeeId()));
    assertThat(wraps).isEmpty();
    for (boolean bySize : new boolean[] {true, false}) {
      List<OwnFigures.SnapshotFigure> snapshots =
          database.inTransaction(
              em -> new OwnFigures(em).snapshots(emil.employeeId(), bySize, true, 0, 10));
      assertThat(snapshots).isEmpty();
    }
    Optional<EmployeeFigure> own =
        database.inTransaction(em -> new OwnFigures(em).employee(anna.employeeId()));
    assertThat(own).contains(anna);
  }

  private static EmployeeFigure figure(TestDatabase database, String name) {
    return database.inTransaction(em -> new EmployeeFigures(em).rows(text(name), 0, 1)).getFirst();
  }

  @ParameterizedTest
  @EnumSource(RunResult.class)
  void calls_only_open_runs_stale(RunResult result) {
    LastRun run = new LastRun(EmployeeFixture.START, RunReport.Kind.VERIFY, result);
    assertThat(run.stale(EmployeeFixture.START.plus(LastRun.STALE_AFTER))).isFalse();
    assertThat(run.stale(EmployeeFixture.START.plus(LastRun.STALE_AFTER).plusMillis(1)))
        .as(result.name().toLowerCase(Locale.ROOT))
        .isEqualTo(result == RunResult.RUNNING);
  }
}
