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
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.Stack;
import org.hikae.problem.wire.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A new consent text over HTTP: written, published, asked for, backups paused, agreed to, exported
 * (HK1-L-01 to HK1-L-06). Time budget: 90 seconds for both databases beside the systems' start: the
 * portal notes pauses every half minute.
 */
@Isolated // everybody else would be asked to agree, or be paused
class ConsentIT {

  private static final String TEXTS = "/v1/admin/consent-texts";
  private static final String DRAFT = TEXTS + "/draft";
  private static final Duration NOTED_WITHIN = Duration.ofSeconds(60);

  /** Nobody is asked any more after a test. */
  @AfterEach
  void nobody_is_asked() throws Exception {
    for (Database.Kind kind : Database.Kind.values()) {
      move(Stack.on(kind), null);
    }
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

  private static long revision(Api admin) {
    return admin.get(DRAFT).json().path("revision").asLong();
  }

  private static Reply publish(Api admin, String by) {
    return admin.json(
        "POST", DRAFT + "/publish", Map.of("revision", revision(admin), "reconsentBy", by));
  }

  private static Map<String, Object> agreement(Api session) {
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

  @ParameterizedTest
  @EachDatabase
  void a_draft_is_published_once_and_by_whom_who_read_it(Database.Kind kind) throws Exception {
    Api admin = Company.on(kind).admin();
    long seen = revision(admin);
    Reply edited = admin.json("PUT", DRAFT, texts(seen, ""));
    assertThat(edited.status()).as("%s", edited).isEqualTo(200);
    Refusals.assertRefused(admin.json("PUT", DRAFT, texts(seen, "x")), ProblemCode.CONFLICT);
    Refusals.assertRefused(publish(admin, "none"), ProblemCode.MALFORMED);
    Refusals.assertRefused(
        admin.json("PUT", DRAFT, texts(revision(admin), "あ\u0007")), ProblemCode.MALFORMED);
    assertThat(admin.json("PUT", DRAFT, texts(revision(admin), "本文。")).status()).isEqualTo(200);
    Refusals.assertRefused(
        admin.json("POST", DRAFT + "/publish", Map.of("revision", seen, "reconsentBy", "none")),
        ProblemCode.CONFLICT);
    Refusals.assertRefused(publish(admin, Instant.now().toString()), ProblemCode.MALFORMED);

    Reply published = publish(admin, "none");
    assertThat(published.status()).as("%s", published).isEqualTo(201);
    String version = published.field("version");
    JsonNode stands = admin.get(TEXTS + "/" + version).json();
    assertThat(stands.path("texts")).hasSize(2);
    assertThat(stands.at("/texts/0/body").asText()).isEqualTo("First.\n\nSecond.");
    assertThat(admin.get(TEXTS + "?limit=1").json().at("/versions/0/version").asText())
        .isEqualTo(version);
    assertThat(admin.get(DRAFT).field("titleEn")).isEmpty();
  }

  @ParameterizedTest
  @EachDatabase
  void who_does_not_agree_in_time_is_paused_until_they_do(Database.Kind kind) throws Exception {
    Company company = Company.on(kind);
    Api admin = company.admin();
    Person person = company.employee();
    Device device = Device.enrol(company.agentOf(person), "consenting");
    Api session = device.session();
    device.optIn(session);
    String stored = Device.store(session, Device.random(100));
    assertThat(session.get("/v1/device").json().has("reconsent")).isFalse();

    Map<String, Object> before = agreement(session);
    admin.json("PUT", DRAFT, texts(revision(admin), "本文。"));
    Instant due = Instant.now().plus(Duration.ofDays(30));
    assertThat(publish(admin, due.toString()).status()).isEqualTo(201);
    assertThat(session.get("/v1/device").json().at("/reconsent/paused").asBoolean(true)).isFalse();
    Refusals.assertRefused(
        session.json("POST", "/v1/device/consent", before), ProblemCode.CONSENT_OUTDATED);
    Device.store(session, Device.random(101));

    move(company.stack(), Instant.now().minusSeconds(1));
    assertThat(session.get("/v1/device").json().at("/reconsent/paused").asBoolean()).isTrue();
    byte[] late = Device.random(102);
    String name = org.hikae.hk1.Hash256.sha256(late).hex();
    Refusals.assertRefused(
        session.bytes("PUT", "/v1/device/objects/" + name, late), ProblemCode.CONSENT_REQUIRED);
    Refusals.assertRefused(
        session.json("POST", "/v1/device/snapshots", device.first(stored, List.of(stored))),
        ProblemCode.CONSENT_REQUIRED);
    assertThat(session.get("/v1/device/objects/" + stored).status()).isEqualTo(200);
    assertThat(session.get("/v1/device/wraps").status()).isEqualTo(200);

    Api pages = company.portalOf(person);
    awaitNoted(pages);
    assertThat(session.json("POST", "/v1/device/consent", agreement(session)).status())
        .isEqualTo(204);
    assertThat(pages.json("POST", "/v1/my/consent", agreement(session)).status()).isEqualTo(204);
    assertThat(session.bytes("PUT", "/v1/device/objects/" + name, late).status()).isEqualTo(201);
    assertThat(pages.get("/v1/my/consent").json().has("reconsent")).isFalse();
    requireExport(company, pages.get("/v1/my/consent/ledger").json());
  }

  private static void awaitNoted(Api pages) throws InterruptedException {
    Instant end = Instant.now().plus(NOTED_WITHIN);
    while (!actions(pages.get("/v1/my/consent/ledger").json()).contains("PAUSED")) {
      assertThat(Instant.now()).as("the pause is noted").isBefore(end);
      Thread.sleep(500);
    }
  }

  private static void requireExport(Company company, JsonNode own) throws Exception {
    assertThat(actions(own)).containsExactly("RESUMED", "RECONSENTED", "PAUSED", "OPTED_IN");
    assertThat(own.at("/entries/2/clientId").asText()).isEqualTo("hikae");
    assertThat(own.at("/entries/0/deviceId").asText()).isNotEmpty();
    assertThat(own.path("complete").asBoolean()).isTrue();
    assertThat(own.path("texts")).hasSizeBetween(2, 3);
    String path = "/v1/admin/employees/" + own.path("employeeId").asLong() + "/consents";
    Api auditor = company.portalOf(company.people().named("auditor"));
    assertThat(auditor.get(path).json().path("entries")).isEqualTo(own.path("entries"));
    Reply csv = auditor.get(path + "?format=csv");
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.text().lines()).hasSize(5).anyMatch(line -> line.contains(",PAUSED,"));
    Refusals.assertRefused(auditor.get(path + "?format=xml"), ProblemCode.MALFORMED);
    assertThat(auditor.get("/v1/admin/audit?limit=5").text()).contains("consent.export");
  }
}
