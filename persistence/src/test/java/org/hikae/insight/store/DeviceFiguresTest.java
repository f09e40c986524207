package org.hikae.insight.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.entity.Device;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices of everybody, on both databases. */
class DeviceFiguresTest extends OnBothDatabases {

  private static final Instant LATE = EmployeeFixture.START.plusSeconds(60);

  /** Two devices that never backed up, two that did at one time, one that did later. */
  @BeforeAll
  void fillDatabases() {
    databases().map(Named::getPayload).forEach(database -> database.inTransaction(this::fill));
  }

  private Void fill(EntityManager em) {
    long anna = EmployeeFixture.employee(em, "Anna").employeeId();
    long ben = EmployeeFixture.employee(em, "Ben").employeeId();
    EmployeeFixture.device(em, anna);
    device(em, anna).backedUp(LATE);
    device(em, ben).backedUp(EmployeeFixture.START);
    device(em, anna).backedUp(EmployeeFixture.START);
    Device revoked = device(em, ben);
    revoked.describe("old", "Linux amd64", "0.9");
    revoked.revoke();
    em.flush();
    new EmployeeSummaryStore(em).refresh(new TreeSet<>(Set.of(anna, ben)));
    return null;
  }

  private static Device device(EntityManager em, long employeeId) {
    return em.find(Device.class, EmployeeFixture.device(em, employeeId));
  }

  private static List<DeviceWithOwner> found(TestDatabase database, DeviceFilter filter) {
    return database.inTransaction(em -> new DeviceFigures(em).pageAfter(filter, null, 100));
  }

  private static DeviceFilter all(boolean descending) {
    return new DeviceFilter(null, null, null, null, null, null, descending);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void shows_those_first_that_are_behind(TestDatabase database) {
    assertThat(found(database, all(false)))
        .extracting(row -> row.device().lastBackupAt())
        .containsExactly(null, null, EmployeeFixture.START, EmployeeFixture.START, LATE);
    assertThat(found(database, all(false)).getLast().employeeName()).isEqualTo("Anna");
    assertThat(ids(found(database, all(true))))
        .isEqualTo(ids(found(database, all(false))).reversed());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void goes_on_after_the_place_where_a_page_ended(TestDatabase database) {
    for (boolean descending : new boolean[] {false, true}) {
      for (int limit = 1; limit <= 5; limit++) {
        assertThat(walked(database, all(descending), limit))
            .as("descending %s, %d on a page", descending, limit)
            .isEqualTo(ids(found(database, all(descending))));
      }
    }
  }

  private static List<String> walked(TestDatabase database, DeviceFilter filter, int limit) {
    List<String> seen = new ArrayList<>();
    DeviceFilter.@Nullable Place place = null;
    List<DeviceWithOwner> page;
    do {
      DeviceFilter.Place from = place;
      page = database.inTransaction(em -> new DeviceFigures(em).pageAfter(filter, from, limit));
      seen.addAll(ids(page));
      if (!page.isEmpty()) {
        Device last = page.getLast().device();
        place = new DeviceFilter.Place(last.lastBackupAt(), last.deviceId());
      }
    } while (!page.isEmpty() && seen.size() < 7);
    return seen;
  }

  @ParameterizedTest
  @MethodSource("databases")
  void reads_some_by_their_identifiers(TestDatabase database) {
    List<String> all = ids(found(database, all(false)));
    List<String> wanted = List.of(all.getFirst(), all.getLast(), "0".repeat(32));
    List<DeviceWithOwner> some =
        database.inTransaction(em -> new DeviceFigures(em).some(wanted, DepartmentScope.COMPANY));
    assertThat(ids(some)).containsExactlyInAnyOrder(all.getFirst(), all.getLast());
    List<DeviceWithOwner> none =
        database.inTransaction(
            em -> new DeviceFigures(em).some(List.of(), DepartmentScope.COMPANY));
    assertThat(none).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_by_state_agent_and_age_of_the_backup(TestDatabase database) {
    assertThat(
            found(
                database,
                new DeviceFilter(DeviceState.REVOKED, null, null, null, null, null, false)))
        .extracting(row -> row.device().name())
        .containsExactly("old");
    assertThat(found(database, new DeviceFilter(null, "0.9", null, null, null, null, false)))
        .hasSize(1);
    assertThat(found(database, new DeviceFilter(null, "0", null, null, null, null, false)))
        .isEmpty();
    assertThat(found(database, new DeviceFilter(null, null, LATE, null, null, null, true)))
        .extracting(row -> row.device().lastBackupAt())
        .containsExactly(EmployeeFixture.START, EmployeeFixture.START, null, null);
    assertThat(
            found(
                database,
                new DeviceFilter(DeviceState.ACTIVE, "1.0", LATE, null, null, null, false)))
        .hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_one_with_its_snapshots_and_runs(TestDatabase database) {
    Device one = found(database, all(true)).getFirst().device();
    DeviceWithOwner row =
        database
            .inTransaction(
                em -> new DeviceFigures(em).find(one.deviceId(), DepartmentScope.COMPANY))
            .orElseThrow();
    assertThat(row.employeeName()).isEqualTo("Anna");
    assertThat((long) database.inTransaction(em -> new DeviceFigures(em).snapshots(one))).isZero();
    List<CoverageFigures.RunFigure> runs =
        database.inTransaction(em -> new CoverageFigures(em).runsOf(one.deviceId()));
    assertThat(runs).isEmpty();
    Optional<DeviceWithOwner> none =
        database.inTransaction(
            em -> new DeviceFigures(em).find("0".repeat(32), DepartmentScope.COMPANY));
    assertThat(none).isEmpty();
  }

  private static List<String> ids(List<DeviceWithOwner> rows) {
    return rows.stream().map(row -> row.device().deviceId()).toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void finds_by_a_part_of_its_name_or_of_its_persons(TestDatabase database) {
    assertThat(found(database, named("OL"))).extracting(row -> row.device().name()).contains("old");
    assertThat(found(database, named("ann")))
        .isNotEmpty()
        .allMatch(row -> row.employeeName().equals("Anna"));
    assertThat(found(database, named("nobody's"))).isEmpty();
  }

  private static DeviceFilter named(String text) {
    return new DeviceFilter(
        null, null, null, null, null, null, text, false, DepartmentScope.COMPANY);
  }
}
