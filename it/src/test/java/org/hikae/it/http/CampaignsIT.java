package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A campaign over HTTP from the draft to its end, and what is refused on the way (HK1-W-01 to
 * HK1-W-12). Time budget: 30 seconds beside the systems' start; the portal's own timer is waited
 * for, which looks every ten seconds.
 */
@EveryThirdRun
class CampaignsIT {

  private static final String CAMPAIGNS = "/v1/admin/rollout/campaigns";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static Map<String, Object> campaign(String name) {
    Map<String, Object> gate =
        Map.of("gate", "FAILED_FIRST_BACKUPS", "maxPercent", 20, "minObserved", 5);
    return Map.of("name", name, "description", "d", "gates", List.of(gate));
  }

  private static String create(ApiClient admin) {
    ApiReply made = admin.json("POST", CAMPAIGNS, campaign("it"));
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    return CAMPAIGNS + "/" + made.json().path("campaignId").asLong();
  }

  private static String addWave(ApiClient admin, String campaign, Map<String, Object> wave) {
    ApiReply added = admin.json("POST", campaign + "/waves", wave);
    assertThat(added.status()).as("%s", added).isEqualTo(201);
    JsonNode waves = added.json().path("waves");
    return campaign + "/waves/" + waves.get(waves.size() - 1).path("waveId").asLong();
  }

  private static ApiReply act(ApiClient admin, String campaign, String action) {
    return admin.send("POST", campaign + "/" + action, null, null);
  }

  private static byte[] csv(String... lines) {
    return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      Thread.sleep(200);
    }
  }

  @Test
  void who_is_on_the_list_is_invited_sees_it_opts_in_and_keeps_it() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiClient admin = company.admin();
    TestAccount taker = company.waitingEmployee();
    TestAccount other = company.waitingEmployee();
    TestAccount early = company.employee();
    ApiDevice earlier = ApiDevice.enrol(company.agentOf(early), "early");
    earlier.optIn(earlier.session());
    ApiClient takersAgent = company.agentOf(taker);
    ApiClient othersAgent = company.agentOf(other);
    var _ = admin.send("DELETE", "/v1/admin/rollout/offers/*", null, null);
    assertThat(takersAgent.get("/v1/enrollment").json().path("offered").asBoolean()).isFalse();
    assertThat(othersAgent.get("/v1/enrollment").json().path("offered").asBoolean()).isFalse();
    ApiDevice device = ApiDevice.enrol(takersAgent, "waiting");
    ApiClient session = device.session();
    RefusalAssert.assertRefused(optIn(takersAgent, session, device), ProblemCode.NOT_OFFERED_YET);

    String campaign = create(admin);
    String wave = addWave(admin, campaign, Map.of("name", "first"));
    byte[] list =
        csv(
            "name,username",
            "\"One, the\"," + taker.username(),
            "x," + other.username(),
            "y," + early.username());
    ApiReply taken = admin.send("PUT", wave + "/list", "text/csv; charset=utf-8", list);
    assertThat(taken.status()).as("%s", taken).isEqualTo(200);
    assertThat(taken.json().path("people").asInt()).isEqualTo(3);
    assertThat(act(admin, campaign, "start").field("state")).isEqualTo("RUNNING");
    until(() -> takersAgent.get("/v1/enrollment").json().path("offered").asBoolean());
    JsonNode stage = admin.get(campaign + "/funnel").json().at("/waves/0");
    assertThat(stage.path("offered").asInt()).isEqualTo(3);
    assertThat(stage.path("seen").asInt()).as("who takes part has seen it").isEqualTo(2);
    assertThat(optIn(takersAgent, session, device).status()).isEqualTo(200);

    ApiReply cancelled = act(admin, campaign, "cancel");
    assertThat(cancelled.field("state")).as("%s", cancelled).isEqualTo("CANCELLED");
    assertThat(takersAgent.get("/v1/enrollment").json().path("offered").asBoolean()).isTrue();
    assertThat(takersAgent.get("/v1/enrollment").field("state")).isEqualTo("PENDING");
    assertThat(session.get("/v1/device").status()).isEqualTo(200);
    assertThat(othersAgent.get("/v1/enrollment").json().path("offered").asBoolean()).isFalse();
    assertThat(admin.get(campaign + "/funnel").json().at("/waves/0/withdrawn").asInt())
        .as("taken back from the other one only; who came before keeps theirs")
        .isEqualTo(1);
    RefusalAssert.assertRefused(act(admin, campaign, "resume"), ProblemCode.CONFLICT);
  }

  private static ApiReply optIn(ApiClient agent, ApiClient session, ApiDevice device) {
    int version = agent.get("/v1/enrollment").json().at("/consentText/version").asInt();
    return session.json(
        "POST",
        "/v1/device/opt-in",
        Map.of("setId", device.setId(), "consentVersion", version, "consentLanguage", "en"));
  }

  @Test
  void the_second_of_two_who_edit_is_told_what_stands_and_what_they_sent() throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.POSTGRESQL).admin();
    String campaign = create(admin);
    String tag = admin.get(campaign).headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isEqualTo("\"1\"");
    ApiReply first = admin.with("If-Match", tag).json("PUT", campaign, campaign("first"));
    assertThat(first.status()).as("%s", first).isEqualTo(200);
    assertThat(first.headers().firstValue("ETag")).contains("\"2\"");
    ApiReply second = admin.with("If-Match", tag).json("PUT", campaign, campaign("second"));
    RefusalAssert.assertRefused(second, ProblemCode.EDITED_MEANWHILE);
    assertThat(second.json().at("/details/current/name").asText()).isEqualTo("first");
    assertThat(second.json().at("/details/current/edition").asInt()).isEqualTo(2);
    assertThat(second.json().at("/details/yours/name").asText()).isEqualTo("second");
    RefusalAssert.assertRefused(
        admin.json("PUT", campaign, campaign("blind")), ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        admin.with("If-Match", "*").json("PUT", campaign, campaign("blind")),
        ProblemCode.MALFORMED);

    String wave = addWave(admin, campaign, Map.of("name", "w", "percent", 5));
    RefusalAssert.assertRefused(
        admin.with("If-Match", "\"2\"").json("PUT", wave, Map.of("name", "w", "percent", 10)),
        ProblemCode.EDITED_MEANWHILE);
    ApiReply wider =
        admin.with("If-Match", "\"3\"").json("PUT", wave, Map.of("name", "w", "percent", 10));
    assertThat(wider.json().at("/waves/0/percent").asInt()).isEqualTo(10);
    ApiReply removed = admin.with("If-Match", "\"4\"").send("DELETE", wave, null, null);
    assertThat(removed.json().path("waves")).isEmpty();
  }

  @Test
  void wrong_rows_are_named_with_their_lines_and_nothing_is_imported() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient admin = company.admin();
    String campaign = create(admin);
    String wave = addWave(admin, campaign, Map.of("name", "list"));
    byte[] list = csv("subject", "nobody", "", "also nobody", "x".repeat(300));
    ApiReply dry = admin.send("PUT", wave + "/list?dryRun=true", "text/csv", list);
    assertThat(dry.status()).as("%s", dry).isEqualTo(200);
    assertThat(dry.json().path("faulty").toString())
        .isEqualTo(
            "[{\"line\":2,\"value\":\"nobody\",\"fault\":\"UNKNOWN\"},"
                + "{\"line\":3,\"value\":\"\",\"fault\":\"EMPTY\"},"
                + "{\"line\":4,\"value\":\"also nobody\",\"fault\":\"UNKNOWN\"},"
                + "{\"line\":5,\"value\":\""
                + "x".repeat(60)
                + "…\",\"fault\":\"TOO_LONG\"}]");
    ApiReply real = admin.send("PUT", wave + "/list", "text/csv", list);
    RefusalAssert.assertRefused(real, ProblemCode.ROWS_REFUSED);
    assertThat(real.json().at("/details/faults").asInt()).isEqualTo(4);
    assertThat(admin.get(campaign).json().at("/waves/0/listed").asInt()).isZero();
    RefusalAssert.assertRefused(
        admin.send("PUT", wave + "/list", "text/csv", new byte[2 * 1024 * 1024 + 1]),
        ProblemCode.TOO_LARGE);
    RefusalAssert.assertRefused(
        admin.send("PUT", wave + "/list?column=name", "text/csv", list), ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        admin.send("PUT", wave + "/list", "application/json", list),
        ProblemCode.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void a_state_that_does_not_allow_it_and_a_campaign_of_another_wave_are_refused()
      throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.H2).admin();
    String campaign = create(admin);
    for (String action : List.of("start", "pause", "resume", "complete")) {
      RefusalAssert.assertRefused(act(admin, campaign, action), ProblemCode.CONFLICT);
    }
    String wave =
        addWave(
            admin,
            campaign,
            Map.of("name", "later", "startsAt", "2999-01-01T00:00:00Z", "percent", 1));
    String stranger = create(admin) + wave.substring(wave.indexOf("/waves/"));
    RefusalAssert.assertRefused(
        admin.with("If-Match", "\"1\"").send("DELETE", stranger, null, null),
        ProblemCode.NOT_FOUND);
    assertThat(act(admin, campaign, "start").status()).isEqualTo(200);
    assertThat(act(admin, campaign, "pause").field("state")).isEqualTo("PAUSED");
    assertThat(act(admin, campaign, "complete").field("state")).isEqualTo("COMPLETED");
    RefusalAssert.assertRefused(
        admin.json("POST", campaign + "/waves", Map.of("name", "late")), ProblemCode.CONFLICT);
    ApiReply listed = admin.get(CAMPAIGNS + "?state=COMPLETED&limit=1");
    assertThat(listed.json().at("/campaigns/0/state").asText()).isEqualTo("COMPLETED");
    assertThat(admin.get(campaign + "/gate-readings").json().path("readings")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\",\"gates\":[]}",
        "{\"name\":\"x\"}",
        "{\"name\":\"x\",\"gates\":[{\"gate\":\"LUCK\",\"maxPercent\":1,\"minObserved\":1}]}",
        "{\"name\":\"x\",\"gates\":[{\"gate\":\"VAULT_ERRORS\",\"maxPercent\":100,\"minObserved\":1}]}",
        "{\"name\":\"x\",\"gates\":[{\"gate\":\"VAULT_ERRORS\",\"maxPercent\":1,\"minObserved\":0}]}"
      })
  void a_campaign_that_makes_no_sense_is_refused(String body) throws Exception {
    ApiReply reply =
        TestCompany.on(StackDatabase.Kind.H2)
            .admin()
            .send("POST", CAMPAIGNS, "application/json", body.getBytes(StandardCharsets.UTF_8));
    RefusalAssert.assertRefused(reply, ProblemCode.MALFORMED);
  }

  @Test
  void an_audience_that_makes_no_sense_is_refused() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiClient admin = company.admin();
    // Somebody of whom the portal knows, to be counted.
    assertThat(company.agentOf(company.waitingEmployee()).get("/v1/enrollment").status())
        .isEqualTo(200);
    String campaign = create(admin);
    for (Map<String, Object> audience :
        List.<Map<String, Object>>of(
            Map.of("percent", 0),
            Map.of("percent", 101),
            Map.of("groups", List.of()),
            Map.of("groups", List.of("sales")),
            Map.of("groups", List.of("/x"), "percent", 5))) {
      Map<String, Object> wave = new HashMap<>(audience);
      wave.put("name", "w");
      RefusalAssert.assertRefused(
          admin.json("POST", campaign + "/waves", wave), ProblemCode.MALFORMED);
      RefusalAssert.assertRefused(
          admin.json("POST", campaign + "/previews", audience), ProblemCode.MALFORMED);
    }
    RefusalAssert.assertRefused(
        admin.json("POST", campaign + "/waves", Map.of("name", "w", "startsAt", "tomorrow")),
        ProblemCode.MALFORMED);
    ApiReply preview = admin.json("POST", campaign + "/previews?limit=2", Map.of("percent", 100));
    assertThat(preview.status()).as("%s", preview).isEqualTo(200);
    assertThat(preview.json().path("people").asInt()).isPositive();
    assertThat(preview.json().path("page")).hasSizeLessThanOrEqualTo(2);
  }
}
