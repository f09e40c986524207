package org.hikae.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.hikae.approval.entity.ApprovalRequest;
import org.hikae.approval.store.ApprovalRequestStore;
import org.hikae.approval.value.ApprovalState;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.entity.GroupMove;
import org.hikae.identity.entity.LegalHoldOrder;
import org.hikae.identity.store.EmployeeStore;
import org.hikae.identity.store.GroupMoveStore;
import org.hikae.identity.store.LegalHoldOrderStore;
import org.hikae.identity.value.EmployeeState;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.TestDatabase;
import org.hikae.policy.entity.PolicyScope;
import org.hikae.policy.entity.PolicyVersion;
import org.hikae.testing.EveryThirdRun;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of policies, approvals, moves between groups and holds, on both databases. */
@EveryThirdRun
class PolicyStoresTest extends OnBothDatabases {

  private static final Instant START = EmployeeFixture.START;

  private static PolicyVersion put(
      TestDatabase database, String scope, @Nullable Integer rank, String said, Instant at) {
    return database.inTransaction(
        em -> {
          PolicyVersionStore versions = new PolicyVersionStore(em);
          versions.lockAll();
          PolicyScope known =
              versions.scope(scope).orElseGet(() -> versions.add(new PolicyScope(scope)));
          return versions.add(known, new PolicyVersion(known, rank, said, at, "issuer", "admin"));
        });
  }

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void what_was_said_since_a_time_begins_with_what_stood_then(TestDatabase database) {
    put(database, "group/since", 1, "{\"a\":1}", day(0));
    put(database, "group/since", 1, "{\"a\":2}", day(10));
    put(database, "group/since", 2, "{\"a\":3}", day(20));
    put(database, "group/other", 3, "{\"a\":4}", day(15));
    assertThat(since(database, day(5))).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    assertThat(since(database, day(10))).containsExactly("{\"a\":2}", "{\"a\":3}");
    assertThat(since(database, day(30))).containsExactly("{\"a\":3}");
    List<PolicyVersion> standing =
        database.inTransaction(em -> new PolicyVersionStore(em).standing(Set.of("group/since")));
    assertThat(standing)
        .singleElement()
        .satisfies(version -> assertThat(version.number()).isEqualTo(3));
    List<PolicyVersion> page =
        database.inTransaction(em -> new PolicyVersionStore(em).of("group/since", 3L, 10));
    assertThat(page).extracting(PolicyVersion::number).containsExactly(2L, 1L);
    put(database, "group/since", null, "{}", day(30));
    put(database, "group/other", null, "{}", day(30));
  }

  private static List<String> since(TestDatabase database, Instant since) {
    return database
        .inTransaction(
            em -> new PolicyVersionStore(em).since(Set.of("group/since", "default"), since))
        .stream()
        .map(PolicyVersion::statement)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void policies_are_found_by_department_name_and_what_they_set(TestDatabase database) {
    Employee named = database.inTransaction(em -> EmployeeFixture.employee(em, "Zoë Policy_Owner"));
    String own = "employee/" + named.employeeId();
    put(database, "group/find/North", 501, "{\"holdDays\":60}", day(0));
    put(database, "group/find/south", 502, "{\"holdDays\":60}", day(0));
    put(database, "group/find/south", 502, "{\"quotaBytes\":1}", day(1));
    put(database, own, null, "{\"backupInclude\":[\"\\\"holdDays\\\":\"]}", day(0));
    assertThat(found(database, "/find", ""))
        .containsExactly("group/find/North", "group/find/south");
    assertThat(found(database, "north", "")).containsExactly("group/find/North");
    assertThat(found(database, "policy_own", "")).containsExactly(own);
    assertThat(found(database, "policyxown", "")).as("no wildcard").isEmpty();
    assertThat(found(database, "group", "")).as("not by the form of names").isEmpty();
    String hold = "\"holdDays\":";
    assertThat(found(database, "/find", hold)).containsExactly("group/find/North");
    assertThat(found(database, "policy_own", hold)).as("a text is no member").isEmpty();
    List<String> later =
        database
            .inTransaction(
                em -> new PolicyVersionStore(em).scopesAfter("group/find/North", "/find", "", 10))
            .stream()
            .map(PolicyScope::scope)
            .toList();
    assertThat(later).containsExactly("group/find/south");
    List<Integer> ranks = database.inTransaction(em -> new PolicyVersionStore(em).ranks());
    assertThat(ranks).contains(501, 502).doesNotContainNull();
  }

  private static List<String> found(TestDatabase database, String text, String member) {
    return database
        .inTransaction(em -> new PolicyVersionStore(em).scopesAfter("", text, member, 10))
        .stream()
        .map(PolicyScope::scope)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void two_groups_never_have_one_rank(TestDatabase database) {
    put(database, "group/ranked", 77, "{}", day(0));
    boolean taken =
        database.inTransaction(em -> new PolicyVersionStore(em).rankTaken(77, "group/elsewhere"));
    assertThat(taken).isTrue();
    boolean own =
        database.inTransaction(em -> new PolicyVersionStore(em).rankTaken(77, "group/ranked"));
    assertThat(own).isFalse();
    assertThatThrownBy(() -> put(database, "group/elsewhere", 77, "{}", day(0)))
        .isInstanceOf(PersistenceException.class);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void changes_at_the_same_moment_come_one_after_the_other(TestDatabase database) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<PolicyVersion>> all =
          IntStream.range(0, 8)
              .mapToObj(
                  i -> pool.submit(() -> put(database, "employee/987654321", null, "{}", day(i))))
              .toList();
      for (Future<PolicyVersion> one : all) {
        one.get();
      }
    }
    List<PolicyVersion> page =
        database.inTransaction(
            em -> new PolicyVersionStore(em).of("employee/987654321", null, 100));
    assertThat(page)
        .extracting(PolicyVersion::number)
        .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void the_application_can_change_no_version_and_no_move(TestDatabase database)
      throws SQLException {
    put(database, "group/fixed", 88, "{}", day(0));
    for (String sql :
        List.of(
            "update policy_version set said = '{}'",
            "delete from policy_version",
            "delete from policy_scope",
            "update group_move set joined = false",
            "delete from group_move",
            "delete from approval_request",
            "delete from legal_hold")) {
      try (Connection connection = database.application().getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("databases")
  void requests_are_found_while_they_are_open(TestDatabase database) {
    ApprovalRequest request = new ApprovalRequest("kind", "{}", null, "issuer", "ann", START);
    long id = database.inTransaction(em -> new ApprovalRequestStore(em).add(request).requestId());
    Instant end = START.plus(ApprovalRequest.VALID);
    assertThat(open(database, id, end.minusSeconds(1))).isTrue();
    assertThat(open(database, id, end)).isFalse();
    long elsewhere =
        database.inTransaction(
            em ->
                new ApprovalRequestStore(em)
                    .open("kind", ApprovalRequest.hash("{ }"), START).stream().count());
    assertThat(elsewhere).isZero();
    database.inTransaction(
        em -> {
          ApprovalRequest held = new ApprovalRequestStore(em).lock(id).orElseThrow();
          held.decide(ApprovalState.REJECTED, "issuer", "ben", START);
          return held;
        });
    assertThat(open(database, id, START.plusSeconds(1))).isFalse();
    List<ApprovalRequest> newest =
        database.inTransaction(
            em -> new ApprovalRequestStore(em).newestBefore(DepartmentScope.COMPANY, null, 1));
    assertThat(newest)
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.requestId()).isEqualTo(id);
              assertThat(found.stateAt(end)).isEqualTo(ApprovalState.REJECTED);
              assertThat(found.decidedBySubject()).isEqualTo("ben");
            });
  }

  private static boolean open(TestDatabase database, long id, Instant now) {
    return database.inTransaction(
        em -> {
          ApprovalRequestStore requests = new ApprovalRequestStore(em);
          List<ApprovalRequest> all = requests.openBefore(DepartmentScope.COMPANY, null, now, 100);
          boolean listed = all.stream().anyMatch(r -> r.requestId() == id);
          assertThat(requests.open("kind", ApprovalRequest.hash("{}"), now).isPresent())
              .isEqualTo(listed);
          // Other tests have requests, too.
          assertThat(requests.open(now)).isEqualTo(all.size());
          return listed;
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void members_of_a_group_are_those_below_it_too_with_all_their_groups(TestDatabase database) {
    long deep = member(database, "deep", Set.of("/a_b/c", "/x"));
    long here = member(database, "here", Set.of("/a_b"));
    member(database, "beside", Set.of("/aXb/c", "/a_bc"));
    long none = member(database, "none", Set.of());
    List<GroupMoveStore.Membership> found =
        database.inTransaction(em -> new GroupMoveStore(em).membershipsIn("/a_b"));
    assertThat(found)
        .containsExactlyInAnyOrder(
            new GroupMoveStore.Membership(deep, "/a_b/c"),
            new GroupMoveStore.Membership(deep, "/x"),
            new GroupMoveStore.Membership(here, "/a_b"));
    List<GroupMoveStore.Membership> all =
        database.inTransaction(em -> new GroupMoveStore(em).memberships());
    assertThat(all).contains(new GroupMoveStore.Membership(none, null)).containsAll(found);
  }

  private static long member(TestDatabase database, String name, Set<String> groups) {
    return database.inTransaction(
        em -> {
          Employee employee = EmployeeFixture.employee(em, name);
          employee.synced(EmployeeState.ENABLED, groups, START);
          return employee.employeeId();
        });
  }

  @ParameterizedTest
  @MethodSource("databases")
  void moves_say_who_joined_and_left_what(TestDatabase database) {
    long id = member(database, "mover", Set.of("/old", "/kept"));
    database.inTransaction(
        em -> {
          Employee employee = em.find(Employee.class, id);
          Set<String> after = Set.of("/kept", "/new");
          new GroupMoveStore(em).add(employee, after, day(3));
          employee.synced(EmployeeState.ENABLED, after, day(3));
          return employee;
        });
    List<GroupMove> moves = database.inTransaction(em -> new GroupMoveStore(em).since(id, day(2)));
    assertThat(moves)
        .extracting(move -> move.groupPath() + " " + move.joined() + " " + move.movedAt())
        .containsExactlyInAnyOrder("/old false " + day(3), "/new true " + day(3));
    List<GroupMove> later = database.inTransaction(em -> new GroupMoveStore(em).since(id, day(3)));
    assertThat(later).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void an_employee_has_one_hold_at_a_time(TestDatabase database) {
    long id = member(database, "held", Set.of());
    setLegalHold(database, id);
    assertThatThrownBy(() -> setLegalHold(database, id)).isInstanceOf(PersistenceException.class);
    database.inTransaction(
        em -> {
          LegalHoldOrder order = new LegalHoldOrderStore(em).current(id).orElseThrow();
          order.lift("issuer", "ben", day(1));
          return order;
        });
    boolean held =
        database.inTransaction(em -> new LegalHoldOrderStore(em).current(id).isPresent());
    assertThat(held).isFalse();
    setLegalHold(database, id);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void a_scope_finds_people_of_its_departments_only(TestDatabase database) {
    DepartmentScope scope = new DepartmentScope(false, List.of("/in_scope", "/unused"));
    long in = member(database, "in", Set.of("/in_scope", "/other"));
    long below = member(database, "below", Set.of("/in_scope/below"));
    long beside = member(database, "beside-1", Set.of("/inXscope", "/in_scope2", "/a/in_scope"));
    long none = member(database, "groupless", Set.of());
    List<Long> all = List.of(in, below, beside, none);
    List<@Nullable Long> concerned = new ArrayList<>(all);
    concerned.add(null);
    database.inTransaction(
        em -> {
          EmployeeStore employees = new EmployeeStore(em);
          assertThat(all.stream().filter(id -> employees.isIn(scope, id)))
              .containsExactly(in, below);
          assertThat(all).allMatch(id -> employees.isIn(DepartmentScope.COMPANY, id));
          assertThat(employees.isIn(DepartmentScope.COMPANY, -1)).isFalse();
          ApprovalRequestStore requests = new ApprovalRequestStore(em);
          List<ApprovalRequest> added =
              concerned.stream()
                  .map(
                      id ->
                          requests.add(
                              new ApprovalRequest("scoped", "{}", id, "issuer", "ann", START)))
                  .toList();
          assertThat(added.stream().filter(r -> requests.find(r.requestId(), scope).isPresent()))
              .extracting(ApprovalRequest::subjectEmployeeId)
              .containsExactly(in, below);
          assertThat(requests.newestBefore(scope, null, 100))
              .extracting(ApprovalRequest::subjectEmployeeId)
              .containsExactly(below, in);
          assertThat(requests.openBefore(scope, null, START, 100)).hasSize(2);
          return added;
        });
    all.forEach(id -> setLegalHold(database, id));
    List<LegalHoldOrder> holds =
        database.inTransaction(em -> new LegalHoldOrderStore(em).currentAfter(scope, 0, 100));
    assertThat(holds).extracting(LegalHoldOrder::employeeId).containsExactly(in, below);
  }

  @ParameterizedTest
  @MethodSource("databases")
  void holds_that_stand_are_listed_by_pages(TestDatabase database) {
    long first = member(database, "listed-1", Set.of());
    long lifted = member(database, "listed-2", Set.of());
    long last = member(database, "listed-3", Set.of());
    List.of(first, lifted, last).forEach(id -> setLegalHold(database, id));
    long before =
        database.inTransaction(
            em -> {
              LegalHoldOrderStore orders = new LegalHoldOrderStore(em);
              orders.current(lifted).orElseThrow().lift("issuer", "ben", day(1));
              return orders.current(first).orElseThrow().holdId() - 1;
            });
    assertThat(held(database, before, 10)).containsExactly(first, last);
    assertThat(held(database, before, 1)).containsExactly(first);
    assertThat(held(database, before + 1, 10)).containsExactly(last);
  }

  private static List<Long> held(TestDatabase database, long after, int limit) {
    return database
        .inTransaction(
            em -> new LegalHoldOrderStore(em).currentAfter(DepartmentScope.COMPANY, after, limit))
        .stream()
        .map(LegalHoldOrder::employeeId)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void open_requests_tell_whom_they_concern(TestDatabase database) {
    long asked = member(database, "asked", Set.of());
    long other = member(database, "asked-not", Set.of());
    database.inTransaction(
        em ->
            new ApprovalRequestStore(em)
                .add(new ApprovalRequest("about", "{}", asked, "issuer", "ann", START)));
    assertThat(about(database, "about", List.of(asked, other), START)).containsExactly(asked);
    assertThat(about(database, "about", List.of(other), START)).isEmpty();
    assertThat(about(database, "about", List.of(), START)).isEmpty();
    assertThat(about(database, "else", List.of(asked), START)).isEmpty();
    assertThat(about(database, "about", List.of(asked), day(1))).as("expired").isEmpty();
  }

  private static Set<Long> about(
      TestDatabase database, String kind, List<Long> employees, Instant now) {
    return database.inTransaction(
        em -> new ApprovalRequestStore(em).openAbout(kind, employees, now));
  }

  private static void setLegalHold(TestDatabase database, long id) {
    database.inTransaction(
        em ->
            new LegalHoldOrderStore(em)
                .add(new LegalHoldOrder(id, "a reason", "issuer", "ann", START)));
  }
}
