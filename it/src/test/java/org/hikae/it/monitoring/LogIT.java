package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PortalLog;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the portal writes to its log. Time budget: 10 seconds beside the system's start. */
@EveryThirdRun
class LogIT {

  private static String id(ApiReply reply) {
    return reply.headers().firstValue(PortalLog.REQUEST).orElse("");
  }

  @Test
  @DisplayName("HK1-R-09: the id of a request is in its answer and in a refusal")
  void each_answer_has_an_id_that_the_client_may_choose() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient admin = company.admin();
    String mine = UUID.randomUUID().toString();
    assertThat(id(admin.with(PortalLog.REQUEST, mine).get("/v1/admin/overview"))).isEqualTo(mine);
    assertThat(id(admin.with(PortalLog.REQUEST, mine.replace("-", "")).get("/v1/admin/overview")))
        .isEqualTo(mine);
    for (String bad : new String[] {"1", "x".repeat(5000), mine + "0", "'; drop table", "\t"}) {
      String made = id(admin.with(PortalLog.REQUEST, bad).get("/v1/admin/overview"));
      assertThat(UUID.fromString(made)).hasToString(made);
      assertThat(made).isNotEqualTo(mine);
    }
    for (ApiReply refusal :
        List.of(
            admin.with(PortalLog.REQUEST, mine).get("/v1/admin/employees/1x"),
            admin.with(PortalLog.REQUEST, mine).get("/v1/nothing"),
            company.anonymous().with(PortalLog.REQUEST, mine).get("/v1/admin/overview"),
            admin
                .with(PortalLog.REQUEST, mine)
                .with("Idempotency-Key", "x".repeat(300))
                .json("PUT", "/v1/admin/rollout/offers/log", Map.of()))) {
      assertThat(id(refusal)).as("%s", refusal).isEqualTo(mine);
      assertThat(refusal.field("instance")).as("%s", refusal).isEqualTo("urn:uuid:" + mine);
    }
  }

  @Test
  void each_line_is_json() throws Exception {
    List<JsonNode> lines = PortalLog.lines(TestCompany.on(StackDatabase.Kind.H2).stack());
    assertThat(lines).hasSizeGreaterThan(5);
    assertThat(lines)
        .allMatch(line -> line.hasNonNull("timestamp") && line.hasNonNull("level"))
        .allMatch(line -> line.hasNonNull("loggerName") && line.has("message"));
    assertThat(lines)
        .extracting(line -> line.path("message").asText())
        .as("waiting for the server to be ready leaves no trace")
        .noneMatch(message -> message.startsWith("WFLYMPHEALTH0003"));
  }

  @Test
  void the_log_names_no_person_and_no_device() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    TestAccount testAccount = company.employee();
    String laptop = "Laptop-of-" + UUID.randomUUID();
    ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), laptop);
    ApiClient session = device.session();
    device.optIn(session);
    ApiDevice.store(session, ApiDevice.random(100));
    session.bytes("POST", "/v1/device/vault/messages", new byte[] {1, 2, 3});
    session.json("POST", "/v1/device/snapshots", Map.of("setId", laptop));
    ApiClient admin = company.admin();
    admin.get("/v1/admin/employees?search=" + testAccount.username());
    admin.get("/v1/admin/employees?search=" + testAccount.username() + "&limit=x");
    company.agentOf(testAccount).get("/v1/admin/employees?search=" + laptop);
    assertThat(admin.send("POST", "/v1/admin/directory/sync?kind=full", null, null).status())
        .isEqualTo(200);
    String log =
        PortalLog.text(company.stack().portalFolder().resolve("log/server.log"))
            + PortalLog.text(company.stack().portalLog());
    assertThat(log)
        .isNotEmpty()
        .doesNotContain(testAccount.username())
        .doesNotContain("@example.com")
        .doesNotContain(laptop)
        .doesNotContain(device.id());
  }
}
