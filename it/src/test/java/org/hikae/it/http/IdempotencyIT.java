package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Repeated requests of administrators over HTTP. Time budget: 15 seconds beside the systems' start.
 */
@DisplayName("HK1-R-06: idempotency keys")
@EveryThirdRun
class IdempotencyIT {

  static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";
  private static final String REPLAYED = "Idempotent-Replayed";
  static final int AT_ONCE = 8;

  static ApiClient keyed(ApiClient api, String key) {
    return api.with("Idempotency-Key", key);
  }

  static String unique() {
    return "key-" + UUID.randomUUID();
  }

  static Map<String, Object> campaign(String name) {
    return Map.of("name", name, "gates", List.of());
  }

  static long made(ApiClient admin, String name) {
    long found = 0;
    for (JsonNode each : admin.get(CAMPAIGNS + "?limit=200").json().path("campaigns")) {
      found += each.path("name").asText().equals(name) ? 1 : 0;
    }
    return found;
  }

  static void assertReplayed(ApiReply again, ApiReply first) {
    assertThat(again.status()).as("%s", again).isEqualTo(first.status());
    assertThat(again.text()).isEqualTo(first.text());
    for (String header : List.of("ETag", "Content-Type", "Cache-Control")) {
      assertThat(again.headers().firstValue(header)).isEqualTo(first.headers().firstValue(header));
    }
    assertThat(first.headers().firstValue(REPLAYED)).isEmpty();
    assertThat(again.headers().firstValue(REPLAYED)).contains("true");
  }

  @ParameterizedTest
  @EachDatabase
  void of_many_at_once_one_acts(StackDatabase.Kind kind) throws Exception {
    ApiClient plain = TestCompany.on(kind).admin();
    String name = unique();
    ApiClient admin = keyed(plain, name);
    Callable<ApiReply> once = () -> admin.json("POST", CAMPAIGNS, campaign(name));
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<ApiReply> one : pool.invokeAll(Collections.nCopies(AT_ONCE, once))) {
        if (one.get().status() != 201) {
          RefusalAssert.assertRefused(one.get(), ProblemCode.IDEMPOTENCY_IN_PROGRESS);
          assertThat(one.get().headers().firstValue("Retry-After")).isPresent();
        }
      }
    }
    assertThat(made(plain, name)).isEqualTo(1);
    assertThat(once.call().status()).isEqualTo(201);
    assertThat(made(plain, name)).isEqualTo(1);
  }

  @Test
  void a_repeat_is_answered_the_same() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    String name = unique();
    ApiClient admin = keyed(company.admin(), name);
    ApiReply first = admin.json("POST", CAMPAIGNS, campaign(name));
    assertThat(first.status()).as("%s", first).isEqualTo(201);
    assertThat(first.headers().firstValue("ETag")).contains("\"1\"");
    assertReplayed(admin.json("POST", CAMPAIGNS, campaign(name)), first);
    assertReplayed(
        keyed(company.admin(), '"' + name + '"').json("POST", CAMPAIGNS, campaign(name)), first);
    assertThat(made(company.admin(), name)).isEqualTo(1);
  }

  @Test
  void another_request_with_the_key_is_refused() throws Exception {
    ApiClient plain = TestCompany.on(StackDatabase.Kind.H2).admin();
    String name = unique();
    ApiClient admin = keyed(plain, name);
    assertThat(admin.json("POST", CAMPAIGNS, campaign(name)).status()).isEqualTo(201);
    for (ApiReply other :
        List.of(
            admin.json("POST", CAMPAIGNS, campaign(name + "x")),
            admin.json("POST", CAMPAIGNS + "?x=1", campaign(name)),
            admin.json("POST", CAMPAIGNS + "/1/waves", campaign(name)),
            admin.json("PUT", CAMPAIGNS, campaign(name)))) {
      RefusalAssert.assertRefused(other, ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }
    assertThat(admin.get(CAMPAIGNS).status()).as("reading needs no key").isEqualTo(200);
    assertThat(made(plain, name)).isEqualTo(1);
  }

  @Test
  void keys_of_different_people_have_nothing_to_do_with_each_other() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    TestAccount testAccount = company.employee();
    company.people().grant(testAccount, "backup-admin");
    String name = unique();
    for (ApiClient each : List.of(company.admin(), company.portalOf(testAccount))) {
      ApiReply reply = keyed(each, name).json("POST", CAMPAIGNS, campaign(name));
      assertThat(reply.status()).as("%s", reply).isEqualTo(201);
      assertThat(reply.headers().firstValue(REPLAYED)).isEmpty();
    }
    assertThat(made(company.admin(), name)).isEqualTo(2);
  }

  @Test
  void a_refusal_is_not_kept() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    String name = unique();
    ApiClient key = keyed(admin, name);
    byte[] broken = "{\"name\":".getBytes(StandardCharsets.UTF_8);
    RefusalAssert.assertRefused(
        key.send("POST", CAMPAIGNS, "application/json", broken), ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        key.with("Authorization", "Bearer garbage").json("POST", CAMPAIGNS, campaign(name)),
        ProblemCode.UNAUTHENTICATED);
    ApiReply employee =
        keyed(company.portalOf(company.employee()), name).json("POST", CAMPAIGNS, campaign(name));
    RefusalAssert.assertRefused(employee, ProblemCode.FORBIDDEN);
    ApiReply first = key.json("POST", CAMPAIGNS, campaign(name));
    assertThat(first.status()).as("%s", first).isEqualTo(201);
    String own = CAMPAIGNS + "/" + first.json().path("campaignId").asLong();
    ApiClient start = keyed(admin, unique());
    RefusalAssert.assertRefused(
        start.send("POST", own + "/start", null, null), ProblemCode.CONFLICT);
    assertThat(admin.json("POST", own + "/waves", Map.of("name", "w", "percent", 1)).status())
        .isEqualTo(201);
    ApiReply started = start.send("POST", own + "/start", null, null);
    assertThat(started.status()).as("%s", started).isEqualTo(200);
    assertThat(admin.send("POST", own + "/cancel", null, null).status()).isEqualTo(200);
    assertReplayed(start.send("POST", own + "/start", null, null), started);
    assertThat(admin.get(own).json().path("state").asText()).isEqualTo("CANCELLED");
  }

  @Test
  void answers_without_a_body_and_changes_that_wait_are_kept_too() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient admin = company.admin();
    String group = "it-" + UUID.randomUUID();
    company.people().department(group);
    String offer = "/v1/admin/rollout/offers/" + group;
    assertThat(admin.json("PUT", offer, Map.of()).status()).isEqualTo(201);
    ApiClient key = keyed(admin, unique());
    ApiReply taken = key.send("DELETE", offer, null, null);
    assertThat(taken.status()).as("%s", taken).isEqualTo(204);
    assertReplayed(key.send("DELETE", offer, null, null), taken);
    RefusalAssert.assertRefused(admin.send("DELETE", offer, null, null), ProblemCode.NOT_FOUND);

    TestAccount testAccount = company.employee();
    assertThat(company.agentOf(testAccount).get("/v1/enrollment").status()).isEqualTo(200);
    ApiReply found = admin.get("/v1/admin/employees?search=" + testAccount.username());
    long id = found.json().at("/employees/0/employeeId").asLong();
    String hold = "/v1/admin/employees/" + id + "/legal-hold";
    assertThat(admin.json("PUT", hold, Map.of("reason", "Case 6")).status()).isEqualTo(201);
    ApiClient lift = keyed(admin, unique());
    ApiReply waits = lift.send("DELETE", hold, null, null);
    assertThat(waits.status()).as("%s", waits).isEqualTo(202);
    assertReplayed(lift.send("DELETE", hold, null, null), waits);
    ApiReply sync = keyed(admin, id + "-sync").send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(sync.status()).as("%s", sync).isEqualTo(200);
    assertReplayed(
        keyed(admin, id + "-sync").send("POST", "/v1/admin/directory/sync", null, null), sync);
  }

  @Test
  void what_a_dead_server_left_is_taken_over_in_time() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient plain = company.admin();
    String name = unique();
    ApiClient admin = keyed(plain, name);
    assertThat(admin.json("POST", CAMPAIGNS, campaign(name)).status()).isEqualTo(201);
    String request = requestThatMade(company, name);
    // As if it had died between the claim and the act.
    leave(company, request, "interval '30' second");
    ApiReply early = admin.json("POST", CAMPAIGNS, campaign(name));
    RefusalAssert.assertRefused(early, ProblemCode.IDEMPOTENCY_IN_PROGRESS);
    leave(company, request, "interval '-1' second");
    ApiReply again = admin.json("POST", CAMPAIGNS, campaign(name));
    assertThat(again.status()).as("%s", again).isEqualTo(201);
    assertThat(again.headers().firstValue(REPLAYED)).isEmpty();
    assertThat(made(plain, name)).as("the act was not undone by hand").isEqualTo(2);
  }

  /** The request whose answer names this campaign; others make requests of their own. */
  private static String requestThatMade(TestCompany company, String campaign) throws SQLException {
    try (Connection connection = company.stack().db().asOwner();
        PreparedStatement query =
            connection.prepareStatement(
                "select request_id from idempotent_request where body like ?")) {
      query.setString(1, "%" + campaign + "%");
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  private static void leave(TestCompany company, String request, String until) throws SQLException {
    try (Connection connection = company.stack().db().asOwner();
        PreparedStatement update =
            connection.prepareStatement(
                "update idempotent_request set status = null, body = null, claimed_until ="
                    + " current_timestamp + "
                    + until
                    + " where request_id = ?")) {
      update.setString(1, request);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"open", "two words", "\"a\";p=1"})
  void a_key_that_is_none_is_refused(String key) throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.H2).admin();
    RefusalAssert.assertRefused(
        keyed(admin, key).json("POST", CAMPAIGNS, campaign("none")), ProblemCode.MALFORMED);
  }

  @Test
  void a_body_that_is_too_large_is_refused_with_its_limit() throws Exception {
    ApiClient admin = keyed(TestCompany.on(StackDatabase.Kind.H2).admin(), unique());
    for (int bytes : new int[] {2 << 20 | 1, 1 << 20 | 1}) {
      ApiReply reply = admin.send("POST", CAMPAIGNS, "application/json", new byte[bytes]);
      RefusalAssert.assertRefused(reply, ProblemCode.TOO_LARGE);
    }
  }
}
