package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.it.TestStory;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.KeycloakPopulation;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.KeycloakServer;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.it.stack.SummaryConsistency;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The directory against a real Keycloak with 2,500 people (10,000 from {@code -Dhikae.factor=2}
 * on), which is killed in the middle of a read (HK1-P-20, HK1-P-21). It has a system for itself.
 * Each test is a step and needs those before. Time budget: 90 seconds beside the system's start.
 */
@FullRunOnly
@TestStory
@Order(1) // takes minutes
class DirectoryIT {

  private static final int PEOPLE =
      TestEffort.factor() >= 40 ? 100_000 : TestEffort.factor() >= 2 ? 10_000 : 2_500;
  private static final int DEPARTMENTS = PEOPLE / 50;

  private static Stack stack;
  private static TestCompany company;
  private static KeycloakServer keycloak;
  private static KeycloakPopulation keycloakPopulation;
  private static Map<String, String> ids;

  @BeforeAll
  static void gather() throws Exception {
    // The timer would read in between.
    stack =
        Stack.apart(
            "directory", StackDatabase.Kind.POSTGRESQL, Map.of("HIKAE_DIRECTORY_MINUTES", "0"));
    keycloak = stack.keycloak();
    keycloakPopulation = new KeycloakPopulation(keycloak);
    long start = System.nanoTime();
    // As many events at once as no day brings would make the first reads whole ones.
    keepEvents(false);
    keycloakPopulation.gather(PEOPLE, DEPARTMENTS);
    keepEvents(true);
    say("import of %d people into Keycloak", PEOPLE, start);
    company = TestCompany.of(stack);
    ids = keycloakPopulation.ids();
  }

  @AfterAll
  static void end() throws Exception {
    if (stack != null) {
      stack.end();
    }
  }

  @Test
  @Order(1)
  void keycloak_killed_in_the_middle_makes_nobody_a_leaver_and_the_next_read_mends_it()
      throws Exception {
    TestAccount testAccount = company.employee();
    ApiClient agent = company.agentOf(testAccount);
    assertThat(agent.get("/v1/enrollment").status()).isEqualTo(200);
    ApiClient admin = company.admin();
    try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
      Future<ApiReply> first = pool.submit(() -> sync(admin, "full"));
      while (number("select count(*) from employee") < 1000) {
        assertThat(first.isDone()).isFalse();
        Thread.onSpinWait();
      }
      keycloak.kill();
      RefusalAssert.assertRefused(first.get(), ProblemCode.BUSY);
    }
    assertThat(number("select count(*) from employee")).isLessThan(PEOPLE);
    assertThat(agent.get("/v1/enrollment").status())
        .as("a valid token still serves")
        .isEqualTo(200);
    RefusalAssert.assertRefused(sync(admin, "incremental"), ProblemCode.BUSY);
    JsonNode programs = admin.get("/v1/admin/service-accounts").json();
    assertThat(programs.path("complete").asBoolean(true)).as("%s", programs).isFalse();
    JsonNode down = admin.get("/v1/admin/directory").json();
    assertThat(down.path("failing").asBoolean()).isTrue();
    assertThat(down.path("failure").asText()).isEqualTo("KEYCLOAK_UNREACHABLE");
    assertThat(down.path("succeededAt").isMissingNode() || down.path("succeededAt").isNull())
        .isTrue();
    assertThat(down.path("leavers").asInt()).isZero();

    keycloak.restart();
    long start = System.nanoTime();
    JsonNode counts = sync(company.admin(), "incremental").json();
    say("first full read of %d people", PEOPLE, start);
    assertThat(counts.path("kind").asText()).isEqualTo("FULL");
    assertThat(counts.path("fullBecause").asText()).isEqualTo("NO_POSITION");
    assertThat(counts.path("left").asInt()).isZero();
    assertSame();
    start = System.nanoTime();
    assertThat(sync(company.admin(), "full").json().path("changed").asInt()).isZero();
    say("full read of %d people, of whom nobody changed", PEOPLE, start);
    JsonNode up = company.admin().get("/v1/admin/directory").json();
    assertThat(up.path("failing").asBoolean()).isFalse();
    assertThat(up.path("enabled").asInt()).isGreaterThanOrEqualTo(PEOPLE);
  }

  @Test
  @Order(2)
  void what_changed_is_read_alone() throws Exception {
    for (int i = 0; i < 100; i++) {
      change(i, id(i));
    }
    long start = System.nanoTime();
    JsonNode counts = sync(company.admin(), "incremental").json();
    say("read of %d changes", 100, start);
    assertThat(counts.path("kind").asText()).as("%s", counts).isEqualTo("INCREMENTAL");
    assertThat(counts.path("left").asInt()).isEqualTo(8);
    assertSame();
    assertThat(state(id(0))).isEqualTo("DISABLED");
    assertThat(state(id(1))).isEqualTo("GONE");

    keycloak.admin("PUT", "/users/" + id(0), Map.of("enabled", true));
    assertThat(sync(company.admin(), "incremental").json().path("kind").asText())
        .isEqualTo("INCREMENTAL");
    assertThat(state(id(0))).as("enabled again").isEqualTo("ENABLED");
    assertSame();
  }

  /** Of 25 people one is disabled, one deleted, five change department, the others their name. */
  private static void change(int number, String id) throws Exception {
    switch (number % 25) {
      case 0 -> keycloak.admin("PUT", "/users/" + id, Map.of("enabled", false));
      case 1 -> keycloak.admin("DELETE", "/users/" + id, Map.of());
      case 2, 3, 4, 5, 6 ->
          keycloak.admin("PUT", "/users/" + id + "/groups/" + group("dept-40"), Map.of());
      default ->
          keycloak.admin(
              "PUT",
              "/users/" + id,
              Map.of("lastName", "Renamed", "email", "r" + id + "@x.example"));
    }
  }

  @Test
  @Order(3)
  void groups_that_are_renamed_moved_or_removed_are_followed() throws Exception {
    String moved = group("dept-11");
    keycloak.admin("PUT", "/groups/" + group("dept-10"), Map.of("name", "division-10"));
    keycloak.admin(
        "POST",
        "/groups/" + group("dept-12") + "/children",
        Map.of("id", moved, "name", "dept-11"));
    keycloak.admin("DELETE", "/groups/" + group("dept-13"), Map.of());
    long start = System.nanoTime();
    JsonNode counts = sync(company.admin(), "incremental").json();
    say("read of %d renamed, moved and removed groups", 3, start);
    assertThat(counts.path("kind").asText()).as("%s", counts).isEqualTo("INCREMENTAL");
    assertSame();
    assertThat(count("group_move where group_path = '/dept-10' and joined = false"))
        .isEqualTo(count("group_move where group_path = '/division-10' and joined = true"))
        .isPositive();
    assertThat(count("employee_group where group_path = '/dept-12/dept-11'")).isPositive();
    keycloak.admin("POST", "/groups", Map.of("id", moved, "name", "dept-11"));
    sync(company.admin(), "incremental");
    assertThat(count("employee_group where group_path = '/dept-11'")).isPositive();
    assertSame();
  }

  @Test
  @Order(4)
  void more_leavers_than_plausible_are_asked_about_and_the_others_are_still_read()
      throws Exception {
    int many = PEOPLE * 6 / 100;
    for (int i = 200; i < 200 + many; i++) {
      keycloak.admin("DELETE", "/users/" + id(i), Map.of());
    }
    keycloak.admin("PUT", "/users/" + id(150), Map.of("lastName", "Elsewhere"));
    long before = count("employee where state <> 'ENABLED'");
    JsonNode counts = sync(company.admin(), "full").json();
    assertThat(counts.path("left").asInt()).isZero();
    assertThat(counts.path("asked").asInt()).isEqualTo(many);
    assertThat(count("employee where state <> 'ENABLED'")).isEqualTo(before);
    assertThat(count("employee where display_name like '%Elsewhere%'")).isEqualTo(1);

    JsonNode finding = finding();
    assertThat(finding.path("state").asText()).isEqualTo("OPEN");
    assertThat(finding.path("leavers").asInt()).isEqualTo(many);
    long number = finding.path("findingId").asLong();
    assertThat(count("notice where kind = 'directory.mass-leave'")).isEqualTo(1);
    sync(company.admin(), "full");
    assertThat(finding().path("findingId").asLong()).as("the same people").isEqualTo(number);
    assertThat(asked(number)).hasSize(many);

    keycloak.admin("DELETE", "/users/" + id(190), Map.of());
    sync(company.admin(), "incremental");
    assertThat(state(id(190))).as("one more still leaves").isEqualTo("GONE");

    String path = "/v1/admin/directory/findings/";
    ApiClient admin = company.admin();
    RefusalAssert.assertRefused(
        admin.send("POST", path + (number + 1) + "/confirm", null, null), ProblemCode.NOT_FOUND);
    assertThat(admin.send("POST", path + number + "/dismiss", null, null).status()).isEqualTo(200);
    sync(admin, "full");
    assertThat(finding().path("state").asText()).isEqualTo("DISMISSED");
    assertThat(count("employee where state <> 'ENABLED'")).isEqualTo(before + 1);
    ApiReply confirmed = admin.send("POST", path + number + "/confirm", null, null);
    assertThat(confirmed.status()).as("%s", confirmed).isEqualTo(200);
    assertThat(count("employee where state <> 'ENABLED'")).isEqualTo(before + 1 + many);
    RefusalAssert.assertRefused(
        admin.send("POST", path + number + "/confirm", null, null), ProblemCode.CONFLICT);
    sync(admin, "full");
    assertSame();
    assertThat(admin.get("/v1/admin/leavers?limit=200").json().path("leavers").size())
        .isGreaterThan(Math.min(many, 199));
  }

  @Test
  @Order(5)
  void a_realm_without_events_is_read_in_full_and_that_is_said() throws Exception {
    keepEvents(false);
    keycloak.admin("PUT", "/users/" + id(160), Map.of("lastName", "Unseen"));
    JsonNode counts = sync(company.admin(), "incremental").json();
    assertThat(counts.path("kind").asText()).isEqualTo("FULL");
    assertThat(counts.path("fullBecause").asText()).isEqualTo("EVENTS_OFF");
    assertThat(count("employee where display_name like '%Unseen%'")).isEqualTo(1);
    assertThat(
            company
                .admin()
                .get("/v1/admin/directory")
                .json()
                .path("last")
                .path("fullBecause")
                .asText())
        .isEqualTo("EVENTS_OFF");
  }

  @Test
  @Order(9)
  void who_arrives_during_a_full_read_is_not_left_without_their_department() throws Exception {
    ApiClient admin = company.admin();
    try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
      Future<ApiReply> read = pool.submit(() -> sync(admin, "full"));
      // People are read in the order of their names: these come last, long after the groups.
      for (int arrived = 0; arrived < 90 && !read.isDone(); arrived++) {
        company.people().employeeNamed("zz-late-" + arrived, "/" + TestCompany.OFFERED);
      }
      assertThat(read.get().json().path("added").asInt()).as("%s", read.get()).isPositive();
    }
    assertThat(
            number(
                "select count(*) from employee e where username like 'zz-late-%' and not exists"
                    + " (select 1 from employee_group g where g.employee_id = e.employee_id)"))
        .isZero();
  }

  private static void keepEvents(boolean kept) throws Exception {
    JsonNode config = keycloak.admin("GET", "/events/config", Map.of());
    ((ObjectNode) config).put("adminEventsEnabled", kept);
    keycloak.admin("PUT", "/events/config", config);
  }

  private static List<Long> asked(long finding) throws Exception {
    List<Long> all = new ArrayList<>();
    JsonNode page;
    long after = 0;
    do {
      page =
          company
              .admin()
              .get(
                  "/v1/admin/directory/findings/" + finding + "/employees?limit=100&after=" + after)
              .json();
      page.path("employees").forEach(one -> all.add(one.path("employeeId").asLong()));
      after = page.path("next").asLong();
    } while (after > 0);
    return all;
  }

  private static JsonNode finding() throws Exception {
    return company.admin().get("/v1/admin/directory").json().path("massLeave");
  }

  private static ApiReply sync(ApiClient admin, String kind) {
    ApiReply reply = admin.send("POST", "/v1/admin/directory/sync?kind=" + kind, null, null);
    assertThat(reply.status()).as("%s", reply).isIn(200, 503);
    return reply;
  }

  private static String id(int number) {
    return ids.getOrDefault("crowd-" + number, "");
  }

  private static String group(String name) throws Exception {
    for (JsonNode group : keycloak.admin("GET", "/groups?first=0&max=1000", Map.of())) {
      if (group.get("name").asText().equals(name)) {
        return group.get("id").asText();
      }
    }
    throw new AssertionError("There is no group " + name);
  }

  /**
   * Everybody whom the portal does not take for gone is as Keycloak says, and nobody is missing.
   */
  private static void assertSame() throws Exception {
    Map<String, Set<String>> groups = new TreeMap<>();
    Map<String, String> people = new TreeMap<>();
    try (Connection connection = stack.db().asApplication();
        Statement statement = connection.createStatement()) {
      ResultSet memberships =
          statement.executeQuery(
              "select e.subject, g.group_path from employee e"
                  + " join employee_group g on g.employee_id = e.employee_id");
      while (memberships.next()) {
        groups
            .computeIfAbsent(memberships.getString(1), _ -> new TreeSet<>())
            .add(memberships.getString(2));
      }
      ResultSet row =
          statement.executeQuery(
              "select subject, username, coalesce(email, ''), state from employee"
                  + " where state <> 'GONE'");
      while (row.next()) {
        people.put(
            row.getString(1),
            row.getString(2)
                + " "
                + row.getString(3)
                + " "
                + row.getString(4)
                + " "
                + groups.getOrDefault(row.getString(1), new TreeSet<>()));
      }
    }
    assertThat(people).isEqualTo(keycloakPopulation.truth());
    SummaryConsistency.requireTrue(stack.db(), "select employee_id from employee");
  }

  private static String state(String subject) throws SQLException {
    try (Connection connection = stack.db().asApplication();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select state from employee where subject = '" + subject + "'")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static long count(String what) throws SQLException {
    return number("select count(*) from " + what);
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = stack.db().asApplication();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void say(String what, int count, long since) {
    Duration took = Duration.ofNanos(System.nanoTime() - since);
    System.out.println(
        "DirectoryIT: "
            + what.replace("%d", Integer.toString(count))
            + ": "
            + took.toMillis()
            + " ms");
  }
}
