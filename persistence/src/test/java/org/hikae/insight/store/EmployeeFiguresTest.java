package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.value.EmployeeState;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.insight.value.EmployeeFigure;
import org.hikae.insight.value.EmployeeFilter;
import org.hikae.insight.value.EmployeeFilter.EnrollmentStatus;
import org.hikae.insight.value.EmployeeFilter.Health;
import org.hikae.insight.value.EmployeeFilter.Order;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.EmployeeFixture.EnrolledEmployee;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Employees by department and health, on both databases. */
class EmployeeFiguresTest extends OnBothDatabases {

  private static final Instant NOW = EmployeeFixture.START.plus(Duration.ofDays(9));
  private static final Instant SINCE = NOW.minus(Duration.ofDays(3));

  /**
   * Ada has two devices that were backed up, Bea one of two, Cleo none that is not revoked, Dan one
   * that never was, and a revoked one. Eve never took part.
   */
  @BeforeAll
  void fillDatabases() {
    databases().map(Named::getPayload).forEach(database -> database.inTransaction(this::fill));
  }

  private Void fill(EntityManager em) {
    EnrolledEmployee ada = EmployeeFixture.person(em, "Ada");
    backedUp(em, ada.deviceId(), SINCE);
    backedUp(em, EmployeeFixture.device(em, ada.employeeId()), NOW);
    EnrolledEmployee bea = EmployeeFixture.person(em, "Bea");
    backedUp(em, bea.deviceId(), NOW);
    backedUp(em, EmployeeFixture.device(em, bea.employeeId()), SINCE.minusMillis(1));
    em.find(Device.class, EmployeeFixture.person(em, "Cleo").deviceId()).revoke();
    EnrolledEmployee dan = EmployeeFixture.person(em, "Dan");
    String revoked = EmployeeFixture.device(em, dan.employeeId());
    backedUp(em, revoked, NOW);
    em.find(Device.class, revoked).revoke();
    EmployeeFixture.employee(em, "Eve");
    for (String name : List.of("Ada", "Dan")) {
      em.createQuery("select e from Employee e where e.displayName = :name", Employee.class)
          .setParameter("name", name)
          .getSingleResult()
          .synced(EmployeeState.ENABLED, Set.of("/Sales", "/Sales/" + name), NOW);
    }
    em.flush();
    new EmployeeSummaryStore(em)
        .refresh(new TreeSet<>(new EmployeeSummaryStore(em).employeesAfter(0)));
    return null;
  }

  private static void backedUp(EntityManager em, String deviceId, Instant at) {
    em.find(Device.class, deviceId).backedUp(at);
  }

  private static List<String> names(
      TestDatabase database,
      @Nullable EnrollmentStatus standing,
      @Nullable String group,
      @Nullable Boolean isProtected) {
    EmployeeFilter filter =
        new EmployeeFilter(
            "",
            standing,
            null,
            null,
            group,
            isProtected == null ? null : new Health(isProtected, SINCE),
            Order.NAME,
            false,
            DepartmentScope.COMPANY);
    List<String> names =
        database.inTransaction(
            em ->
                new EmployeeFigures(em)
                    .rows(filter, 0, 50).stream().map(EmployeeFigure::displayName).toList());
    long count = database.inTransaction(em -> new EmployeeFigures(em).count(filter));
    assertThat(count).isEqualTo(names.size());
    assertThat(filter.findsAll()).isEqualTo(names.size() == 5);
    return names;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void who_is_protected_has_devices_that_were_all_backed_up(TestDatabase database) {
    assertThat(names(database, null, null, null)).hasSize(5);
    assertThat(names(database, null, null, true)).containsExactly("Ada");
    assertThat(names(database, null, null, false)).containsExactly("Bea", "Cleo", "Dan");
    assertThat(names(database, EnrollmentStatus.NONE, null, false)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void members_of_a_department_are_its_own(TestDatabase database) {
    assertThat(names(database, null, "/Sales", null)).containsExactly("Ada", "Dan");
    assertThat(names(database, null, "/Sales/Dan", null)).containsExactly("Dan");
    assertThat(names(database, null, "/Sal", null)).isEmpty();
    assertThat(names(database, null, "/Sales", false)).containsExactly("Dan");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_scope_has_people_and_devices_of_its_departments_only(TestDatabase database) {
    assertThat(within(database, "/Sales")).containsExactly("Ada", "Dan");
    assertThat(within(database, "/Sales/Dan")).containsExactly("Dan");
    assertThat(within(database, "/Sales/Dan", "/Sales/Ada")).containsExactly("Ada", "Dan");
    assertThat(within(database, "/Sal", "/sales")).isEmpty();
    assertThat(within(database)).isEmpty();
  }

  /** Dan is in /Sales, too. */
  @ParameterizedTest
  @MethodSource("databases")
  void a_scope_does_not_tell_of_other_departments_of_its_people(TestDatabase database) {
    DepartmentScope scope = new DepartmentScope(false, List.of("/Sales/Dan"));
    assertThat(membersAndDevices(database, scope, "/Sales/Dan")).containsExactly(1L, 2L);
    assertThat(membersAndDevices(database, scope, "/Sales")).containsExactly(0L, 0L);
    assertThat(membersAndDevices(database, DepartmentScope.COMPANY, "/Sales"))
        .containsExactly(2L, 4L);
  }

  private static List<Long> membersAndDevices(
      TestDatabase database, DepartmentScope scope, String group) {
    EmployeeFilter people =
        new EmployeeFilter("", null, null, null, group, null, Order.NAME, false, scope);
    DeviceFilter devices =
        new DeviceFilter(null, null, null, null, null, group, null, false, scope);
    return database.inTransaction(
        em ->
            List.of(
                new EmployeeFigures(em).count(people),
                (long) new DeviceFigures(em).pageAfter(devices, null, 100).size()));
  }

  private static List<String> within(TestDatabase database, String... departments) {
    DepartmentScope scope = new DepartmentScope(false, List.of(departments));
    EmployeeFilter filter =
        new EmployeeFilter("", null, null, null, null, null, Order.NAME, false, scope);
    DeviceFilter devices = new DeviceFilter(null, null, null, null, null, null, null, false, scope);
    return database.inTransaction(
        em -> {
          EmployeeFigures figures = new EmployeeFigures(em);
          List<String> names = names(figures.rows(filter, 0, 50));
          assertThat(figures.count(filter)).isEqualTo(names.size());
          assertThat(names(figures.pageAfter(filter, null, 50).employees())).isEqualTo(names);
          assertThat(filter.findsAll()).isFalse();
          List<Long> all = new EmployeeSummaryStore(em).employeesAfter(0);
          assertThat(names(figures.of(all, scope))).containsExactlyInAnyOrderElementsOf(names);
          List<DeviceWithOwner> found = new DeviceFigures(em).pageAfter(devices, null, 100);
          assertThat(found.stream().map(DeviceWithOwner::employeeName).distinct())
              .containsExactlyInAnyOrderElementsOf(names);
          assertNamesOf(em, scope, names);
          CoverageFigures coverage = new CoverageFigures(em);
          assertThat(coverage.people(scope).values().stream().mapToLong(Long::longValue).sum())
              .isEqualTo(names.size());
          long unrevoked =
              found.stream().filter(row -> row.device().state() != DeviceState.REVOKED).count();
          assertThat(coverage.devices(scope, NOW, SINCE).total()).isLessThanOrEqualTo(unrevoked);
          assertThat(coverage.storedBytes(scope)).isNotNegative();
          return names;
        });
  }

  /** By a part of a name, and each device by itself. */
  private static void assertNamesOf(EntityManager em, DepartmentScope scope, List<String> names) {
    assertThat(new NameFigures(em).people("a", scope, 50))
        .extracting(Employee::displayName)
        .allMatch(names::contains);
    DeviceFigures figures = new DeviceFigures(em);
    for (DeviceWithOwner one :
        figures.pageAfter(new DeviceFilter(null, null, null, null, null, null, false), null, 100)) {
      String deviceId = one.device().deviceId();
      boolean mine = names.contains(one.employeeName());
      assertThat(figures.find(deviceId, scope).isPresent()).isEqualTo(mine);
      assertThat(figures.some(List.of(deviceId), scope)).hasSize(mine ? 1 : 0);
    }
  }

  private static List<String> names(List<EmployeeFigure> figures) {
    return figures.stream().map(EmployeeFigure::displayName).toList();
  }
}
