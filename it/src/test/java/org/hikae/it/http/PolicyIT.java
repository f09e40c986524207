package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.enrollment.wire.PutWrap;
import org.hikae.hk1.WrapMethod;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestAccounts;
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
 * Policies, approvals and legal hold as administrators meet them over HTTP, and what the portal
 * holds devices to (HK1-P-02, HK1-P-13). Time budget: 40 seconds beside the systems' start.
 */
@EveryThirdRun
class PolicyIT {

  private static final String SCOPES = "/v1/admin/policies/scopes/";

  private static ApiClient second(TestCompany company) throws Exception {
    TestAccount testAccount = company.employee();
    company.people().grant(testAccount, "backup-admin");
    return company.portalOf(testAccount);
  }

  private static Map<String, Object> policy(long replaces, int rank, int holdDays) {
    return Map.of("replaces", replaces, "rank", rank, "values", Map.of("holdDays", holdDays));
  }

  @ParameterizedTest
  @EachDatabase
  void of_many_approvals_at_once_one_makes_the_change(StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    String scope = SCOPES + "group/it-" + UUID.randomUUID();
    int rank = 500_000 + scope.hashCode() % 100_000;
    ApiReply made = company.admin().json("PUT", scope, policy(0, rank, 60));
    assertThat(made.status()).as("%s", made).isEqualTo(200);
    ApiReply waits = company.admin().json("PUT", scope, policy(1, rank, 50));
    assertThat(waits.status()).as("%s", waits).isEqualTo(202);
    String approve = "/v1/admin/approvals/" + waits.field("requestId") + "/approve";
    Map<String, String> seen = Map.of("changeHash", waits.field("changeHash"));
    RefusalAssert.assertRefused(
        company.admin().json("POST", approve, seen), ProblemCode.ANOTHER_PERSON);

    ApiClient second = second(company);
    Callable<ApiReply> once = () -> second.json("POST", approve, seen);
    try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
      List<Future<ApiReply>> all = pool.invokeAll(java.util.Collections.nCopies(6, once));
      int approved = 0;
      for (Future<ApiReply> one : all) {
        if (one.get().status() == 200) {
          approved++;
        } else {
          RefusalAssert.assertRefused(one.get(), ProblemCode.APPROVAL_CLOSED);
        }
      }
      assertThat(approved).isEqualTo(1);
    }
    assertThat(company.admin().get(scope).json().path("version").asLong()).isEqualTo(2);
  }

  @Test
  void the_portal_holds_devices_to_what_it_can_see() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    TestAccount testAccount = company.employee();
    ApiClient agent = company.agentOf(testAccount);
    ApiDevice device = ApiDevice.enrol(agent, "first");
    ApiClient session = device.session();
    device.optIn(session);
    ApiReply found = company.admin().get("/v1/admin/employees?search=" + testAccount.username());
    String scope = "employee/" + found.json().at("/employees/0/employeeId").asLong();
    Map<String, Object> values =
        Map.of(
            "maxDevices",
            1,
            "keyMethods",
            "DIGIT_KEY",
            "minAgentVersion",
            "1.0.1",
            "backupInclude",
            List.of("~/Documents"));
    ApiReply put =
        company.admin().json("PUT", SCOPES + scope, Map.of("replaces", 0, "values", values));
    assertThat(put.status()).as("%s", put).isEqualTo(200);

    JsonNode said = session.get("/v1/device/policy").json().path("values");
    assertThat(said).hasSizeGreaterThan(20);
    for (JsonNode value : said) {
      boolean own = values.containsKey(value.path("name").asText());
      assertThat(value.path("scope").asText("")).as("%s", value).isEqualTo(own ? scope : "");
    }
    RefusalAssert.assertRefused(
        ApiDevice.unknown(agent).enrolAs("second"), ProblemCode.TOO_MANY_DEVICES);
    assertThat(device.enrolAs("renamed").status()).as("a known one").isEqualTo(200);
    PutWrap password = new PutWrap(device.setId(), 1, WrapMethod.PASSWORD_VAULT, null);
    String wrap = "/v1/device/wraps/" + "ab".repeat(16);
    RefusalAssert.assertRefused(
        session.json("PUT", wrap, password), ProblemCode.KEY_METHOD_NOT_ALLOWED);
    String stored = ApiDevice.store(session, ApiDevice.random(100));
    RefusalAssert.assertRefused(
        session.json("POST", "/v1/device/snapshots", device.first(stored, List.of(stored))),
        ProblemCode.AGENT_OUTDATED);
    assertThat(session.get("/v1/device/objects/" + stored).status()).isEqualTo(200);

    Map<String, Object> later = Map.of("replaces", 1, "values", Map.of("minAgentVersion", "1"));
    assertThat(company.admin().json("PUT", SCOPES + scope, later).status()).isEqualTo(200);
    ApiReply committed =
        session.json("POST", "/v1/device/snapshots", device.first(stored, List.of(stored)));
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);
  }

  @Test
  void the_slower_of_two_editors_is_shown_both_values() throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.POSTGRESQL).admin();
    String scope = SCOPES + "group/it-" + UUID.randomUUID();
    int rank = 700_000 + scope.hashCode() % 100_000;
    assertThat(admin.json("PUT", scope, policy(0, rank, 60)).status()).isEqualTo(200);
    ApiReply slower = admin.json("PUT", scope, policy(0, rank, 70));
    RefusalAssert.assertRefused(slower, ProblemCode.EDITED_MEANWHILE);
    assertThat(slower.json().at("/details/current/version").asLong()).isEqualTo(1);
    assertThat(slower.json().at("/details/current/values/holdDays").asLong()).isEqualTo(60);
    assertThat(slower.json().at("/details/yours/holdDays").asLong()).isEqualTo(70);
  }

  @Test
  @DisplayName("HK1-R-08: an entity tag says which version a change replaces")
  void an_entity_tag_says_which_version_a_change_replaces() throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.H2).admin();
    String scope = SCOPES + "group/it-" + UUID.randomUUID();
    int rank = 300_000 + scope.hashCode() % 100_000;
    Map<String, Object> days = Map.of("rank", rank, "values", Map.of("holdDays", 60));
    ApiReply made = admin.with("If-Match", "\"0\"").json("PUT", scope, days);
    assertThat(made.status()).as("%s", made).isEqualTo(200);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    ApiReply read = admin.get(scope);
    assertThat(read.headers().firstValue("ETag")).contains("\"1\"");
    for (String known : List.of("\"1\"", "\"7\", W/\"1\"", "*")) {
      ApiReply again = admin.with("If-None-Match", known).get(scope);
      assertThat(again.status()).as("%s", again).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains("\"1\"");
    }
    assertThat(admin.with("If-None-Match", "\"2\"").get(scope).status()).isEqualTo(200);
    ApiClient seen = admin.with("If-Match", "\"1\"");
    RefusalAssert.assertRefused(
        seen.json("PUT", scope, policy(2, rank, 70)), ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        seen.send("DELETE", scope + "?replaces=2", null, null), ProblemCode.MALFORMED);
    for (String wrong : List.of("1", "*", "W/\"1\"", "\"1\", \"2\"", "\"x\"")) {
      RefusalAssert.assertRefused(
          admin.with("If-Match", wrong).json("PUT", scope, policy(1, rank, 70)),
          ProblemCode.MALFORMED);
    }
    assertThat(seen.json("PUT", scope, policy(1, rank, 70)).status()).isEqualTo(200);
    ApiReply slower = seen.json("PUT", scope, days);
    RefusalAssert.assertRefused(slower, ProblemCode.EDITED_MEANWHILE);
    assertThat(slower.json().at("/details/current/version").asLong()).isEqualTo(2);
    RefusalAssert.assertRefused(
        seen.send("DELETE", scope, null, null), ProblemCode.EDITED_MEANWHILE);
    ApiReply removed = admin.with("If-Match", "\"2\"").send("DELETE", scope, null, null);
    assertThat(removed.status()).as("%s", removed).isBetween(200, 202);
  }

  @Test
  void nothing_is_approved_for_who_is_no_administrator_any_more() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    TestAccounts testAccounts = company.people();
    TestAccount asks = company.employee();
    testAccounts.grant(asks, "backup-admin");
    ApiClient first = company.portalOf(asks);
    TestAccount held = company.employee();
    assertThat(company.agentOf(held).get("/v1/enrollment").status()).isEqualTo(200);
    ApiReply found = first.get("/v1/admin/employees?search=" + held.username());
    String hold =
        "/v1/admin/employees/"
            + found.json().at("/employees/0/employeeId").asLong()
            + "/legal-hold";
    assertThat(first.json("PUT", hold, Map.of("reason", "Case 8")).status()).isEqualTo(201);
    ApiReply asked = first.send("DELETE", hold, null, null);
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    String approve = "/v1/admin/approvals/" + asked.field("requestId") + "/approve";
    Map<String, String> seen = Map.of("changeHash", asked.field("changeHash"));
    ApiClient second = second(company);

    testAccounts.deprive(asks, "backup-admin");
    RefusalAssert.assertRefused(
        second.json("POST", approve, seen), ProblemCode.REQUESTER_NOT_ADMIN);
    testAccounts.grant(asks, "backup-admin");
    testAccounts.setEnabled(asks, false);
    RefusalAssert.assertRefused(
        second.json("POST", approve, seen), ProblemCode.REQUESTER_NOT_ADMIN);
    assertThat(company.admin().get(hold).status()).as("it stands").isEqualTo(200);
    testAccounts.setEnabled(asks, true);
    ApiReply approved = second.json("POST", approve, seen);
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    RefusalAssert.assertRefused(company.admin().get(hold), ProblemCode.NOT_FOUND);
  }

  @Test
  void a_hold_is_set_at_once_and_lifted_by_two() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    TestAccount testAccount = company.employee();
    ApiClient agent = company.agentOf(testAccount);
    assertThat(agent.get("/v1/enrollment").json().has("legalHoldSince")).isFalse();
    ApiReply found = company.admin().get("/v1/admin/employees?search=" + testAccount.username());
    String hold =
        "/v1/admin/employees/"
            + found.json().at("/employees/0/employeeId").asLong()
            + "/legal-hold";
    ApiReply set = company.admin().json("PUT", hold, Map.of("reason", "Case 7"));
    assertThat(set.status()).as("%s", set).isEqualTo(201);
    assertThat(agent.get("/v1/enrollment").field("legalHoldSince")).isNotEmpty();
    ApiReply asked = company.admin().send("DELETE", hold, null, null);
    assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    assertThat(company.admin().get(hold).status()).isEqualTo(200);
    String held = "/v1/admin/legal-holds?limit=1&after=" + (set.json().path("holdId").asLong() - 1);
    JsonNode listed = company.admin().get(held).json();
    assertThat(listed.at("/holds/0/reason").asText()).isEqualTo("Case 7");
    assertThat(listed.at("/holds/0/liftingAsked").asBoolean()).isTrue();
    // There is more only where another test has set one since.
    long own = set.json().path("holdId").asLong();
    assertThat(listed.path("next").asLong(own)).isEqualTo(own);
    ApiReply approved =
        second(company)
            .json(
                "POST",
                "/v1/admin/approvals/" + asked.field("requestId") + "/approve",
                Map.of("changeHash", asked.field("changeHash")));
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    RefusalAssert.assertRefused(company.admin().get(hold), ProblemCode.NOT_FOUND);
    assertThat(agent.get("/v1/enrollment").json().has("legalHoldSince")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"holdDays\":-1}",
        "{\"holdDays\":99999999999999999999999999}",
        "{\"holdDays\":3.0}",
        "{\"holdDays\":1e2}",
        "{\"holdDays\":\"30\"}",
        "{\"holdDays\":null}",
        "{\"holdDays\":[[[30]]]}",
        "{\"holdDays\":true}"
      })
  void a_wrong_value_is_refused_with_its_name(String values) throws Exception {
    String body = "{\"replaces\":0,\"rank\":999,\"values\":" + values + "}";
    ApiReply reply = put(body);
    RefusalAssert.assertRefused(reply, ProblemCode.MALFORMED);
    assertThat(reply.field("detail")).contains("holdDays");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rank\":999,\"values\":{\"holdDays\":40}}",
        "{\"replaces\":0,\"rank\":999}",
        "{\"replaces\":-1e99,\"rank\":999,\"values\":{}}",
        "{\"replaces\":0,\"rank\":999,\"values\":{\"holdDays\":40,\"holdDays\":41}}",
        "{\"replaces\":0,\"rank\":999,\"values\":{\"nothing\":1}}",
        "{\"replaces\":0,\"rank\":999,\"values\":[]}",
        "{\"replaces\":0,\"rank\":999,\"values\":{\"holdDays\":40},\"force\":true}"
      })
  void a_wrong_form_is_refused(String body) throws Exception {
    RefusalAssert.assertRefused(put(body), ProblemCode.MALFORMED);
  }

  private static ApiReply put(String body) throws Exception {
    return TestCompany.on(StackDatabase.Kind.H2)
        .admin()
        .send(
            "PUT",
            SCOPES + "group/it-wrong",
            "application/json",
            body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_word_to_confirm_with_is_told() throws Exception {
    ApiReply reply =
        TestCompany.on(StackDatabase.Kind.H2)
            .admin()
            .json("PUT", SCOPES + "group/it-confirm", policy(0, 998, 1));
    RefusalAssert.assertRefused(reply, ProblemCode.CONFIRMATION_REQUIRED);
    assertThat(reply.field("detail")).contains("\"confirm\": \"group/it-confirm\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "99999999999999999999"})
  void a_number_that_is_none_is_refused(String id) throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.H2).admin();
    for (String path :
        List.of(
            "/v1/admin/policies/effective/" + id,
            "/v1/admin/approvals/" + id,
            "/v1/admin/legal-holds?limit=" + id,
            "/v1/admin/employees/" + id + "/legal-hold")) {
      RefusalAssert.assertRefused(admin.get(path), ProblemCode.MALFORMED);
    }
  }
}
