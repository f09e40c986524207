package org.hikae.identity.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.DirectoryState;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.MassLeave;
import org.hikae.identity.entity.MassLeaver;
import org.hikae.identity.value.DirectoryReadFailure;
import org.hikae.identity.value.DirectoryReadKind;
import org.hikae.identity.value.EmployeeState;
import org.hikae.identity.value.FullReadReason;
import org.hikae.identity.value.MassLeaveState;
import org.hikae.lifecycle.entity.Leaver;
import org.hikae.lifecycle.store.LeaverStore;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of employees as reads of the directory use them, on both databases. */
class DirectoryStoresTest extends OnBothDatabases {

  private static final Instant START = EmployeeFixture.START;

  @ParameterizedTest
  @MethodSource("databases")
  void a_name_that_is_too_long_reads_back_as_it_was_written(TestDatabase database) {
    String issuer = "https://long/realms/hikae";
    String name = "\ud83d\ude00".repeat(200);
    database.inTransaction(
        em -> {
          Employee ann = new Employee(issuer, "ann", START);
          ann.rename("ann", name, null);
          return new EmployeeStore(em).add(ann);
        });
    assertThat(
            database.<Boolean>inTransaction(
                em ->
                    new EmployeeStore(em)
                        .find(issuer, "ann")
                        .orElseThrow()
                        .isCalled("ann", name, null)))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_page_is_found_at_once_with_its_groups(TestDatabase database) {
    String issuer = "https://page/realms/hikae";
    database.inTransaction(
        em -> {
          EmployeeStore employees = new EmployeeStore(em);
          Employee ann = new Employee(issuer, "ann", START);
          ann.synced(EmployeeState.ENABLED, Set.of("/a", "/b", "/page%/above/it"), START);
          Employee ben = new Employee(issuer, "ben", START);
          ben.synced(EmployeeState.DISABLED, Set.of("/b"), START);
          Employee gone = new Employee(issuer, "gone", START);
          gone.synced(EmployeeState.ENABLED, Set.of("/c"), START);
          gone.leave(EmployeeState.GONE, day(1));
          employees.addAll(List.of(ann, ben, gone));
          return ann;
        });
    List<Employee> page =
        database.inTransaction(
            em -> {
              List<Employee> found =
                  new EmployeeStore(em).bySubjects(issuer, List.of("ann", "ben", "x"));
              em.clear();
              return found;
            });
    assertThat(page)
        .extracting(employee -> employee.subject() + employee.groups().size())
        .containsExactlyInAnyOrder("ann3", "ben1");
    database.inTransaction(
        em -> {
          EmployeeStore employees = new EmployeeStore(em);
          assertThat(employees.groupPaths(issuer))
              .containsExactlyInAnyOrder("/a", "/b", "/c", "/page%/above/it");
          assertThat(employees.isAnybodyIn("/a")).isTrue();
          assertThat(employees.isAnybodyIn("/page%/above")).isTrue();
          assertThat(employees.isAnybodyIn("/page%")).isTrue();
          assertThat(employees.isAnybodyIn("/pag_%")).isFalse();
          assertThat(employees.isAnybodyIn("/pageX")).isFalse();
          assertThat(employees.subjectsIn(issuer, Set.of("/b", "/c"), 10))
              .containsExactlyInAnyOrder("ann", "ben");
          List<EmployeeStore.KnownAccount> known = employees.knownAfter(issuer, 0, 10);
          assertThat(known)
              .extracting(EmployeeStore.KnownAccount::subject)
              .containsExactly("ann", "ben");
          assertThat(employees.knownAfter(issuer, known.getLast().employeeId(), 10)).isEmpty();
          assertThat(employees.countEnabled(issuer)).isEqualTo(1);
          assertThat(employees.countLeftAfter(issuer, START.minusSeconds(1)))
              .as("who came as a leaver has not left")
              .isEqualTo(1);
          assertThat(employees.countLeftAfter(issuer, day(1))).isZero();
          assertThat(employees.countLeavers()).isGreaterThanOrEqualTo(2);
          assertThat(employees.countEnabled()).isPositive();
          long first = known.getFirst().employeeId();
          assertThat(employees.leaversAfter(DepartmentScope.COMPANY, first, 10))
              .extracting(Employee::subject)
              .containsExactly("ben", "gone");
          return page;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_finding_is_open_once_and_its_people_are_marked_after_it_was_confirmed(
      TestDatabase database) {
    long person = database.inTransaction(em -> EmployeeFixture.employee(em, "found")).employeeId();
    long first = find(database, person);
    assertThatThrownBy(() -> find(database, person)).isInstanceOf(PersistenceException.class);
    database.inTransaction(
        em -> {
          MassLeaveStore findings = new MassLeaveStore(em);
          findings.replace(findings.standing().orElseThrow());
          assertThat(findings.standing()).isEmpty();
          return first;
        });
    long second = find(database, person);
    database.inTransaction(
        em -> {
          MassLeaveStore findings = new MassLeaveStore(em);
          assertThat(findings.unmarked(10)).isEmpty();
          assertThat(findings.leavers(second)).hasSize(1);
          findings
              .find(second)
              .orElseThrow()
              .decide(MassLeaveState.DISMISSED, "issuer", "ann", day(1));
          return second;
        });
    database.inTransaction(
        em -> {
          MassLeaveStore findings = new MassLeaveStore(em);
          MassLeave standing = findings.standing().orElseThrow();
          assertThat(standing.findingId()).isEqualTo(second);
          standing.decide(MassLeaveState.CONFIRMED, "issuer", "ann", day(2));
          return second;
        });
    database.inTransaction(
        em -> {
          MassLeaveStore findings = new MassLeaveStore(em);
          assertThat(findings.standing()).isEmpty();
          assertThat(findings.lastConfirmedAt()).contains(day(2));
          List<MassLeaver> unmarked = findings.unmarked(10);
          assertThat(unmarked).extracting(MassLeaver::employeeId).containsExactly(person);
          unmarked.forEach(MassLeaver::mark);
          return second;
        });
    List<MassLeaver> left = database.inTransaction(em -> new MassLeaveStore(em).unmarked(10));
    assertThat(left).isEmpty();
    List<MassLeaver> listed =
        database.inTransaction(em -> new MassLeaveStore(em).leaversAfter(second, person - 1, 5));
    assertThat(listed).extracting(MassLeaver::state).containsExactly(EmployeeState.GONE);
  }

  private static long find(TestDatabase database, long person) {
    return database.inTransaction(
        em ->
            new MassLeaveStore(em)
                .add(new MassLeave("issuer", START, 1, 5), Map.of(person, EmployeeState.GONE))
                .findingId());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void one_portal_reads_at_a_time_and_the_position_lasts(TestDatabase database) {
    database.inTransaction(
        em -> {
          DirectoryState state = new DirectoryStateStore(em).lock();
          assertThat(state.isHeld(START)).isFalse();
          state.lease("one", START.plusSeconds(60));
          state.succeed(DirectoryReadKind.FULL, FullReadReason.EVENTS_OFF, START, day(1));
          state.count(4, 3, 2, 1);
          state.fail(DirectoryReadFailure.KEYCLOAK_UNREACHABLE, day(2));
          return state;
        });
    DirectoryState read = database.inTransaction(em -> new DirectoryStateStore(em).read());
    assertThat(read.isHeldBy("one", START)).isTrue();
    assertThat(read.isHeldBy("two", START)).isFalse();
    assertThat(read.isHeld(START.plusSeconds(61))).isFalse();
    assertThat(read.positionAt()).isEqualTo(START);
    assertThat(read.fullAt()).isEqualTo(day(1));
    assertThat(read.incrementalAt()).isNull();
    assertThat(read.fullBecause()).isEqualTo(FullReadReason.EVENTS_OFF);
    assertThat(read.failure()).isEqualTo(DirectoryReadFailure.KEYCLOAK_UNREACHABLE);
    assertThat(read.seen() + read.added() + read.changed() + read.left()).isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_leaver_is_kept_once_until_they_are_back(TestDatabase database) {
    long person = database.inTransaction(em -> EmployeeFixture.employee(em, "leaver")).employeeId();
    keep(database, person);
    assertThatThrownBy(() -> keep(database, person)).isInstanceOf(PersistenceException.class);
    database.inTransaction(
        em -> {
          LeaverStore leavers = new LeaverStore(em);
          assertThat(leavers.current(List.of(person, person + 1000))).hasSize(1);
          assertThat(leavers.currentAfter(person - 1, 10))
              .extracting(Leaver::employeeId)
              .contains(person);
          leavers.current(person).orElseThrow().comeBack(day(2));
          return person;
        });
    boolean known = database.inTransaction(em -> new LeaverStore(em).current(person).isPresent());
    assertThat(known).isFalse();
    keep(database, person);
  }

  private static void keep(TestDatabase database, long person) {
    database.inTransaction(
        em -> new LeaverStore(em).add(new Leaver(person, START, START, day(90))));
  }

  private static Instant day(int number) {
    return START.plus(Duration.ofDays(number));
  }
}
