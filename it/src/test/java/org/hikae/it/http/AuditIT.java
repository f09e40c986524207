package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What was done to the trail, in the database and in an export, is found and located, also by who
 * rules over the whole database. Time budget: 40 seconds for both databases beside the systems'
 * start.
 */
@Isolated // the trail that all share is not in order for moments
@DisplayName("HK1-A-01, HK1-A-02, HK1-A-03, HK1-A-04, HK1-A-05: the audit trail")
@EveryThirdRun
class AuditIT {

  private static final String TRAIL = "/v1/admin/audit";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path folder;

  /** The trail's end with enough events before it that were made here. */
  private static long end(TestCompany company) throws Exception {
    String group = "it-audit";
    company.people().department(group);
    ApiClient admin = company.admin();
    for (int i = 0; i < 3; i++) {
      assertThat(admin.json("PUT", "/v1/admin/rollout/offers/" + group, Map.of()).status())
          .isEqualTo(201);
      assertThat(admin.send("DELETE", "/v1/admin/rollout/offers/" + group, null, null).status())
          .isEqualTo(204);
    }
    JsonNode newest = newest(admin);
    for (long until = System.nanoTime() + SOON.toNanos();
        !newest.path("seq").isNumber() && System.nanoTime() < until; ) {
      newest = newest(admin);
    }
    assertThat(newest.path("seq").isNumber()).as("%s", newest).isTrue();
    return newest.path("seq").asLong();
  }

  private static JsonNode newest(ApiClient admin) {
    return admin.get(TRAIL + "?limit=1").json().path("events").path(0);
  }

  private static JsonNode verdict(ApiClient admin, long after) {
    ApiReply reply = admin.get(TRAIL + "/verification?after=" + after);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply.json();
  }

  private static void assertWrong(ApiClient admin, long after, String fault, long place) {
    JsonNode verdict = verdict(admin, after);
    assertThat(verdict.path("fault").asText()).as("%s", verdict).isEqualTo(fault);
    assertThat(verdict.path("firstWrong").asLong()).as("%s", verdict).isEqualTo(place);
    assertThat(verdict.path("intact").asBoolean()).isFalse();
  }

  private static void assertIntact(ApiClient admin) {
    JsonNode verdict = verdict(admin, 0);
    assertThat(verdict.path("intact").asBoolean()).as("%s", verdict).isTrue();
    assertThat(verdict.path("complete").asBoolean()).as("%s", verdict).isTrue();
    assertThat(verdict.path("vault").asText()).isEqualTo("AGREES");
  }

  private static void execute(TestCompany company, String... statements) throws SQLException {
    try (Connection connection = company.stack().db().asOwner();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
      connection.commit();
    }
  }

  private static String text(TestCompany company, String query) throws SQLException {
    try (Connection connection = company.stack().db().asOwner();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }

  private static Path export(ApiClient admin, String query) throws IOException {
    ApiReply reply = admin.get(TRAIL + "/export" + query);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return Files.write(Files.createTempFile(folder, "audit", ".jsonl"), reply.body());
  }

  /** Runs the administrator's program on a file; returns its exit code and what it said. */
  private static Map.Entry<Integer, String> check(Path file, String root) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(BuildOutput.root().resolve("admin/target/hikae-admin/bin/hikae-admin").toString());
    command.addAll(List.of("audit-check", file.toString(), "--lang=en"));
    if (!root.isEmpty()) {
      command.add("--vault-root=" + root);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Map.entry(process.exitValue(), said);
  }

  @ParameterizedTest
  @EachDatabase
  void whoever_changes_the_database_is_found(StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    ApiClient admin = company.admin();
    long end = end(company);
    export(admin, "?action=none");
    assertIntact(admin);
    long k = end - 3;
    long after = end - 6;
    String id = "(select event_id from audit_link where seq = " + k + ")";

    String action = text(company, "select action from audit_event where event_id = " + id);
    execute(company, "update audit_event set action = 'x' where event_id = " + id);
    assertWrong(admin, after, "CHANGED", k);
    execute(company, "update audit_event set action = '" + action + "' where event_id = " + id);
    assertThat(verdict(admin, after).path("intact").asBoolean()).isTrue();

    String names = text(company, "select content from audit_personal where event_id = " + id);
    execute(company, "update audit_personal set content = '{}' where event_id = " + id);
    assertWrong(admin, after, "NAMES_CHANGED", k);
    execute(company, "update audit_personal set content = '" + names + "' where event_id = " + id);
    assertThat(verdict(admin, after).path("intact").asBoolean()).isTrue();

    execute(company, "update audit_link set seq = -seq where seq = " + k);
    assertWrong(admin, after, "MISSING", k);
    execute(
        company,
        "update audit_link set seq = " + k + " where seq = " + (k + 1),
        "update audit_link set seq = " + (k + 1) + " where seq = " + -k);
    assertWrong(admin, after, "CHANGED", k);
    execute(
        company,
        "update audit_link set seq = -seq where seq = " + k,
        "update audit_link set seq = " + k + " where seq = " + (k + 1),
        "update audit_link set seq = " + (k + 1) + " where seq = " + -k);
    assertIntact(admin);
  }

  @FullRunOnly
  @Test
  void an_inserted_event_breaks_the_chain_behind_it() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    long end = end(company);
    long k = end - 3;
    execute(
        company,
        "insert into audit_event (happened_at, actor_issuer, actor_subject, action, object, detail,"
            + " personal_hash) select happened_at, actor_issuer, actor_subject, 'forged', object,"
            + " detail, personal_hash from audit_event where event_id = (select event_id from"
            + " audit_link where seq = "
            + k
            + ")",
        "update audit_link set seq = -seq where seq >= " + k,
        "update audit_link set seq = 1 - seq where seq < 0",
        "insert into audit_link (seq, event_id, hash, linked_at) select "
            + k
            + ", event_id, 'forged', happened_at from audit_event where action = 'forged'");
    assertWrong(admin, end - 6, "CHANGED", k);
    execute(
        company,
        "delete from audit_link where seq = " + k,
        "delete from audit_event where action = 'forged'",
        "update audit_link set seq = -seq where seq > " + k,
        "update audit_link set seq = -1 - seq where seq < 0");
    assertThat(verdict(admin, end - 6).path("intact").asBoolean()).isTrue();
    execute(
        company,
        "insert into audit_event (happened_at, actor_issuer, actor_subject, action, object, detail)"
            + " select happened_at - interval '1' hour, 'i', 's', 'forged', 'o', '{}'"
            + " from audit_event where event_id = (select min(event_id) from audit_event)");
    assertThat(verdict(admin, end - 6).path("fault").asText()).isEqualTo("UNCHAINED");
    execute(company, "delete from audit_event where action = 'forged'");
    assertIntact(admin);
  }

  @Test
  void a_trail_that_was_cut_off_is_shorter_than_the_vault_says() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    end(company);
    export(admin, "?action=none");
    long end = Long.parseLong(text(company, "select seq from audit_head"));
    String hash = text(company, "select hash from audit_head");
    long cut = end - 2;
    // Whoever rules over the database makes everything in it fit, seals included.
    execute(
        company,
        "create table cut_link as select * from audit_link where seq > " + cut,
        "create table cut_seal as select * from audit_seal where seq > " + cut,
        "delete from audit_seal where seq > " + cut,
        "delete from audit_link where seq > " + cut,
        "create table cut_event as select * from audit_event where event_id in (select event_id"
            + " from cut_link)",
        "create table cut_personal as select * from audit_personal where event_id in (select"
            + " event_id from cut_link)",
        "delete from audit_personal where event_id in (select event_id from cut_link)",
        "delete from audit_event where event_id in (select event_id from cut_link)",
        "update audit_head set seq = "
            + cut
            + ", hash = (select hash from audit_link where seq = "
            + cut
            + ")");
    JsonNode verdict = verdict(admin, cut - 3);
    execute(
        company,
        "insert into audit_event select * from cut_event",
        "insert into audit_personal select * from cut_personal",
        "insert into audit_link select * from cut_link",
        "insert into audit_seal select * from cut_seal",
        "update audit_head set seq = " + end + ", hash = '" + hash + "'",
        "drop table cut_event",
        "drop table cut_personal",
        "drop table cut_link",
        "drop table cut_seal");
    assertThat(verdict.path("fault").asText()).as("%s", verdict).isEqualTo("TRUNCATED");
    assertThat(verdict.path("firstWrong").asLong()).isEqualTo(cut + 1);
    assertThat(verdict.path("vault").asText()).isEqualTo("DISAGREES");
    assertIntact(admin);
  }

  @FullRunOnly
  @Test
  void the_end_is_signed_when_the_last_signature_is_an_hour_old() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    long end = end(company);
    execute(
        company,
        "update audit_seal set sealed_at = sealed_at - interval '61' minute where export_hash = '"
            + "0".repeat(64)
            + "'");
    long sealed = 0;
    for (long until = System.nanoTime() + SOON.toNanos();
        sealed < end && System.nanoTime() < until; ) {
      sealed = Long.parseLong(text(company, "select coalesce(max(seq), 0) from audit_seal"));
    }
    assertThat(sealed).isGreaterThanOrEqualTo(end);
    assertThat(verdict(company.admin(), sealed - 1).path("vault").asText()).isEqualTo("AGREES");
  }

  @FullRunOnly
  @Test
  void an_export_is_checked_with_nothing_but_the_file() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    end(company);
    Path file = export(admin, "");
    String root = company.stack().vault().rootFingerprint();
    assertThat(check(file, root))
        .satisfies(result -> assertThat(result.getKey()).as(result.getValue()).isZero());
    assertThat(check(file, "").getKey()).isEqualTo(1);
    assertThat(check(file, "0".repeat(64)).getKey()).isEqualTo(2);
    assertThat(check(export(admin, "?action=rollout.offer"), root).getKey()).isZero();

    List<String> lines = Files.readAllLines(file);
    int middle = lines.size() / 2;
    List<String> removed = new ArrayList<>(lines);
    removed.remove(middle);
    assertThat(check(Files.write(folder.resolve("removed"), removed), root))
        .satisfies(result -> assertThat(result.getKey()).isEqualTo(2))
        .satisfies(
            result ->
                assertThat(result.getValue())
                    .contains("line " + (middle + 1), "place " + middle + " is missing"));
    List<String> cut = lines.subList(0, lines.size() - 1);
    assertThat(check(Files.write(folder.resolve("cut"), cut), root).getValue())
        .contains("cut off behind place");

    String csv = Files.readString(export(admin, "?format=csv&action=rollout.offer"));
    assertThat(csv).startsWith("seq,at,actor_issuer").contains(",rollout.offer,");
  }

  @Test
  void names_are_erased_and_the_trail_stays_whole() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    TestAccount testAccount = company.employee();
    ApiDevice.enrol(company.agentOf(testAccount), "erased");
    String id =
        admin
            .get("/v1/admin/employees?search=" + testAccount.username())
            .json()
            .path("employees")
            .path(0)
            .path("employeeId")
            .asText();
    end(company);
    ApiReply active = admin.send("DELETE", TRAIL + "/names/" + id, null, null);
    RefusalAssert.assertRefused(active, ProblemCode.EMPLOYEE_ACTIVE);
    ApiReply own = admin.send("DELETE", TRAIL + "/names/" + ownId(admin), null, null);
    RefusalAssert.assertRefused(own, ProblemCode.ANOTHER_PERSON);
    company.people().setEnabled(testAccount, false);
    ApiReply synced = admin.send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(synced.status()).as("%s", synced).isEqualTo(200);
    ApiReply erased = admin.send("DELETE", TRAIL + "/names/" + id, null, null);
    assertThat(erased.status()).as("%s", erased).isEqualTo(200);
    assertThat(erased.json().path("events").asInt()).isPositive();
    JsonNode row =
        admin
            .get(TRAIL + "?action=device.enrol&actor=" + testAccount.id())
            .json()
            .path("events")
            .path(0);
    assertThat(row.path("actorSubject").asText()).isEqualTo(testAccount.id());
    assertThat(row.has("names")).isFalse();
    end(company);
    assertThat(verdict(admin, 0).path("namesErased").asLong()).isPositive();
    assertIntact(admin);
  }

  private static String ownId(ApiClient admin) {
    ApiReply found = admin.get("/v1/admin/employees?search=admin");
    for (JsonNode one : found.json().path("employees")) {
      if (one.path("username").asText().equals("admin")) {
        return one.path("employeeId").asText();
      }
    }
    throw new AssertionError(found.toString());
  }

  @FullRunOnly
  @Test
  void events_that_get_no_place_raise_the_alarm() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    end(company);
    try (Connection connection = company.stack().db().asOwner();
        PreparedStatement lock =
            connection.prepareStatement("select seq from audit_head for update")) {
      connection.setAutoCommit(false);
      lock.executeQuery().next();
      execute(
          company,
          "insert into audit_event (happened_at, actor_issuer, actor_subject, action, object,"
              + " detail, personal_hash) values (current_timestamp - interval '2' minute, 'system',"
              + " 'test', 'test.late', 'test', '{}', '"
              + "0".repeat(64)
              + "')",
          "insert into audit_unlinked select event_id, happened_at from audit_event where action ="
              + " 'test.late'");
      assertBecomes(company, "LATE");
      connection.rollback();
    }
    assertBecomes(company, "UP");
    assertIntact(company.admin());
  }

  private static void assertBecomes(TestCompany company, String state) {
    for (long until = System.nanoTime() + SOON.toNanos();
        !trail(company).equals(state) && System.nanoTime() < until; ) {
      Thread.onSpinWait();
    }
    assertThat(trail(company)).isEqualTo(state);
  }

  private static String trail(TestCompany company) {
    return company.anonymous().get("/health/ready").json().path("auditTrail").asText();
  }
}
