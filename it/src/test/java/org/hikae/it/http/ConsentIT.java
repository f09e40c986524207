package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A new consent text over HTTP: written, published, asked for, backups paused, agreed to, exported
 * (HK1-L-01 to HK1-L-06). Time budget: 45 seconds beside the system's start: the portal notes
 * pauses every half minute.
 */
@Isolated // everybody else would be asked to agree, or be paused
@EveryThirdRun
class ConsentIT {

  private static final String TEXTS = "/v1/admin/consent-texts";
  private static final String DRAFT = TEXTS + "/draft";
  private static final Duration NOTED_WITHIN = Duration.ofSeconds(60);

  /** Nobody is asked any more after a test. */
  @AfterEach
  void nobody_is_asked() throws Exception {
    move(Stack.on(StackDatabase.Kind.POSTGRESQL), null);
  }

  private static void move(Stack stack, @Nullable Instant due) throws SQLException {
    try (Connection owner = stack.db().asOwner();
        PreparedStatement update =
            owner.prepareStatement(
                "update consent_version set reconsent_by = ? where version = (select max(version)"
                    + " from consent_version) and version > 1")) {
      update.setTimestamp(1, due == null ? null : Timestamp.from(due));
      update.executeUpdate();
    }
  }

  private static Map<String, Object> texts(long revision, String bodyJa) {
    return Map.of(
        "revision", revision,
        "titleEn", "A later text",
        "bodyEn", "First.\n\nSecond.",
        "titleJa", "新しい同意文",
        "bodyJa", bodyJa);
  }

  private static long revision(ApiClient admin) {
    return admin.get(DRAFT).json().path("revision").asLong();
  }

  private static ApiReply publish(ApiClient admin, String by) {
    return admin.json(
        "POST", DRAFT + "/publish", Map.of("revision", revision(admin), "reconsentBy", by));
  }

  private static Map<String, Object> agreement(ApiClient session) {
    JsonNode text = session.get("/v1/enrollment").json().path("consentText");
    return Map.of(
        "consentVersion", text.path("version").asInt(),
        "consentLanguage", text.path("language").asText());
  }

  private static List<String> actions(JsonNode ledger) {
    List<String> actions = new ArrayList<>();
    ledger.path("entries").forEach(entry -> actions.add(entry.path("action").asText()));
    return actions;
  }

  @Test
  void a_draft_is_published_once_and_by_whom_who_read_it() throws Exception {
    ApiClient admin = TestCompany.on(StackDatabase.Kind.POSTGRESQL).admin();
    long seen = revision(admin);
    ApiReply edited = admin.json("PUT", DRAFT, texts(seen, ""));
    assertThat(edited.status()).as("%s", edited).isEqualTo(200);
    RefusalAssert.assertRefused(admin.json("PUT", DRAFT, texts(seen, "x")), ProblemCode.CONFLICT);
    RefusalAssert.assertRefused(publish(admin, "none"), ProblemCode.MALFORMED);
    RefusalAssert.assertRefused(
        admin.json("PUT", DRAFT, texts(revision(admin), "あ\u0007")), ProblemCode.MALFORMED);
    assertThat(admin.json("PUT", DRAFT, texts(revision(admin), "本文。")).status()).isEqualTo(200);
    RefusalAssert.assertRefused(
        admin.json("POST", DRAFT + "/publish", Map.of("revision", seen, "reconsentBy", "none")),
        ProblemCode.CONFLICT);
    RefusalAssert.assertRefused(publish(admin, Instant.now().toString()), ProblemCode.MALFORMED);

    ApiReply published = publish(admin, "none");
    assertThat(published.status()).as("%s", published).isEqualTo(201);
    String version = published.field("version");
    JsonNode stands = admin.get(TEXTS + "/" + version).json();
    assertThat(stands.path("texts")).hasSize(2);
    assertThat(stands.at("/texts/0/body").asText()).isEqualTo("First.\n\nSecond.");
    assertThat(admin.get(TEXTS + "?limit=1").json().at("/versions/0/version").asText())
        .isEqualTo(version);
    assertThat(admin.get(DRAFT).field("titleEn")).isEmpty();
  }

  /** An employee who has opted in, with an object of their own. */
  private record Consenting(
      TestCompany company, TestAccount person, ApiDevice device, ApiClient session) {

    static Consenting to(TestCompany company) throws Exception {
      TestAccount testAccount = company.employee();
      ApiDevice device = ApiDevice.enrol(company.agentOf(testAccount), "consenting");
      ApiClient session = device.session();
      device.optIn(session);
      return new Consenting(company, testAccount, device, session);
    }

    ApiClient pages() throws Exception {
      return company.portalOf(person);
    }
  }

  @Test
  void who_does_not_agree_in_time_is_paused_until_they_do() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    Consenting who = Consenting.to(company);
    ApiClient session = who.session();
    String stored = ApiDevice.store(session, ApiDevice.random(100));
    assertThat(session.get("/v1/device").json().has("reconsent")).isFalse();

    Map<String, Object> before = agreement(session);
    publishAnother(company);
    assertThat(session.get("/v1/device").json().at("/reconsent/paused").asBoolean(true)).isFalse();
    RefusalAssert.assertRefused(
        session.json("POST", "/v1/device/consent", before), ProblemCode.CONSENT_OUTDATED);
    ApiDevice.store(session, ApiDevice.random(101));

    move(company.stack(), Instant.now().minusSeconds(1));
    assertThat(session.get("/v1/device").json().at("/reconsent/paused").asBoolean()).isTrue();
    byte[] late = ApiDevice.random(102);
    String name = org.hikae.hk1.Hash256.sha256(late).hex();
    RefusalAssert.assertRefused(
        session.bytes("PUT", "/v1/device/objects/" + name, late), ProblemCode.CONSENT_REQUIRED);
    RefusalAssert.assertRefused(
        session.json("POST", "/v1/device/snapshots", who.device().first(stored, List.of(stored))),
        ProblemCode.CONSENT_REQUIRED);
    assertThat(session.get("/v1/device/objects/" + stored).status()).isEqualTo(200);
    assertThat(session.get("/v1/device/wraps").status()).isEqualTo(200);

    agree(who);
    assertThat(session.bytes("PUT", "/v1/device/objects/" + name, late).status()).isEqualTo(201);
    assertThat(who.pages().get("/v1/my/consent").json().has("reconsent")).isFalse();
  }

  @FullRunOnly
  @Test
  void a_pause_is_noted_and_what_was_agreed_to_is_exported() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    Consenting who = Consenting.to(company);
    publishAnother(company);
    move(company.stack(), Instant.now().minusSeconds(1));
    awaitNoted(who.pages());
    agree(who);
    requireExport(company, who.pages().get("/v1/my/consent/ledger").json());
  }

  /** Everybody is asked to agree to another text, and has a month. */
  private static void publishAnother(TestCompany company) throws Exception {
    ApiClient admin = company.admin();
    ApiReply edited = admin.json("PUT", DRAFT, texts(revision(admin), "本文。"));
    assertThat(edited.status()).as("%s", edited).isEqualTo(200);
    ApiReply published = publish(admin, Instant.now().plus(Duration.ofDays(30)).toString());
    assertThat(published.status()).as("%s", published).isEqualTo(201);
  }

  /** At the device, and at the pages, where it changes nothing any more. */
  private static void agree(Consenting who) throws Exception {
    Map<String, Object> text = agreement(who.session());
    assertThat(who.session().json("POST", "/v1/device/consent", text).status()).isEqualTo(204);
    assertThat(who.pages().json("POST", "/v1/my/consent", text).status()).isEqualTo(204);
  }

  private static void awaitNoted(ApiClient pages) throws InterruptedException {
    Instant end = Instant.now().plus(NOTED_WITHIN);
    while (!actions(pages.get("/v1/my/consent/ledger").json()).contains("PAUSED")) {
      assertThat(Instant.now()).as("the pause is noted").isBefore(end);
      Thread.sleep(500);
    }
  }

  private static void requireExport(TestCompany company, JsonNode own) throws Exception {
    assertThat(actions(own)).containsExactly("RESUMED", "RECONSENTED", "PAUSED", "OPTED_IN");
    assertThat(own.at("/entries/2/clientId").asText()).isEqualTo("hikae");
    assertThat(own.at("/entries/0/deviceId").asText()).isNotEmpty();
    assertThat(own.path("complete").asBoolean()).isTrue();
    assertThat(own.path("texts")).hasSizeBetween(2, 3);
    String path = "/v1/admin/employees/" + own.path("employeeId").asLong() + "/consents";
    ApiClient auditor = company.portalOf(company.people().named("auditor"));
    assertThat(auditor.get(path).json().path("entries")).isEqualTo(own.path("entries"));
    ApiReply csv = auditor.get(path + "?format=csv");
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.text().lines()).hasSize(5).anyMatch(line -> line.contains(",PAUSED,"));
    RefusalAssert.assertRefused(auditor.get(path + "?format=xml"), ProblemCode.MALFORMED);
    assertThat(auditor.get("/v1/admin/audit?action=consent.export&limit=5").text())
        .contains("consent.export");
  }
}
