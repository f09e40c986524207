package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Programs of the company's own: the role they were given, never more. Time budget: 10 seconds
 * beside the system's start.
 */
@DisplayName("HK1-R-04, HK1-R-05: programs")
class ServiceAccountsIT {

  /** A client of this kind that nobody else has. */
  private static String client(String kind) {
    return RealmNames.AUTOMATION_PREFIX + kind + "-" + TextCodec.hex(ApiDevice.random(4));
  }

  private static ApiClient program(TestCompany company, String client, String role)
      throws Exception {
    String secret = TextCodec.hex(ApiDevice.random(16));
    company.people().program(client, secret, role);
    return company.anonymous().bearer(company.signIn().programToken(client, secret));
  }

  @Test
  void a_program_may_what_its_role_may_and_is_listed_with_its_last_use() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    String client = client("monitor");
    ApiClient monitor = program(company, client, RealmNames.AUDITOR);
    assertThat(monitor.get("/v1/admin/audit?limit=1").status()).isEqualTo(200);
    RefusalAssert.assertRefused(
        monitor.send("POST", "/v1/admin/scrub", null, null), ProblemCode.FORBIDDEN);
    RefusalAssert.assertRefused(monitor.get("/v1/my/storage"), ProblemCode.FORBIDDEN);
    RefusalAssert.assertRefused(monitor.get("/v1/enrollment"), ProblemCode.FORBIDDEN);
    JsonNode listed = company.admin().get("/v1/admin/service-accounts").json();
    JsonNode own = null;
    for (JsonNode each : listed.path("serviceAccounts")) {
      own = each.path("clientId").asText().equals(client) ? each : own;
    }
    assertThat(own).as("%s", listed).isNotNull();
    assertThat(own.path("roles").toString()).contains(RealmNames.AUDITOR);
    assertThat(listed.path("complete").asBoolean()).isTrue();
    assertThat(Instant.parse(own.path("lastUsedAt").asText()))
        .isAfter(Instant.now().minusSeconds(300));
    assertThat(
            company
                .admin()
                .get("/v1/admin/employees?search=service-account")
                .json()
                .path("total")
                .asInt())
        .as("a program is no employee")
        .isZero();
  }

  @Test
  void a_program_that_was_never_used_is_listed_with_its_roles_until_it_is() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    String client = client("idle");
    String secret = TextCodec.hex(ApiDevice.random(16));
    company.people().program(client, secret, RealmNames.HELPDESK);
    JsonNode idle = listed(company, client);
    assertThat(idle.path("roles").toString())
        .contains(RealmNames.HELPDESK)
        .doesNotContain("default");
    assertThat(idle.path("subject").asText()).isNotEmpty();
    assertThat(idle.has("lastUsedAt") || idle.has("firstUsedAt")).as("%s", idle).isFalse();
    ApiClient used = company.anonymous().bearer(company.signIn().programToken(client, secret));
    assertThat(used.get("/v1/admin/employees?limit=1").status()).isEqualTo(200);
    JsonNode busy = listed(company, client);
    assertThat(busy.path("subject").asText()).isEqualTo(idle.path("subject").asText());
    assertThat(busy.path("lastUsedAt").asText()).isNotEmpty();
  }

  /** Exactly one entry of this client. */
  private static JsonNode listed(TestCompany company, String client) throws Exception {
    JsonNode list = company.admin().get("/v1/admin/service-accounts").json();
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode each : list.path("serviceAccounts")) {
      if (each.path("clientId").asText().equals(client)) {
        found.add(each);
      }
    }
    assertThat(found).as("%s", list).hasSize(1);
    return found.getFirst();
  }

  @Test
  void no_program_passes_where_a_recent_sign_in_is_asked_for() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient worker = program(company, client("worker"), RealmNames.BACKUP_ADMIN);
    assertThat(worker.get("/v1/admin/employees").status()).isEqualTo(200);
    ApiReply reply = worker.send("DELETE", "/v1/admin/audit/names/1", null, null);
    RefusalAssert.assertRefused(reply, ProblemCode.REAUTHENTICATE);
    assertThat(reply.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer error=\"insufficient_user_authentication\"")
        .contains("max_age=\"600\"");
  }
}
