package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.PutResticPassword;
import org.hikae.enrollment.transfer.wire.KeyTransferMessage;
import org.hikae.enrollment.transfer.wire.KeyTransferStep;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.enrollment.wire.Rotate;
import org.hikae.hk1.ResticWrap;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.WrapMethod;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;

/** An employee opts in with a laptop, backs up twice, releases, and looks at it on the pages. */
final class DeviceExampleScenario {

  private final TestCompany company;
  private final OperationExamples examples;
  private final TestAccount employee;

  DeviceExampleScenario(TestCompany company, OperationExamples examples, TestAccount employee) {
    this.company = company;
    this.examples = examples;
    this.employee = employee;
  }

  /** Tells it; the identifier of the laptop. */
  String tell() throws Exception {
    ApiClient agent = company.agentOf(employee).heardBy(examples);
    ApiDevice device = ApiDevice.enrol(agent, "Laptop");
    ApiClient session = device.session();
    device.optIn(session);
    TestAccount anybody = company.people().named("taro");
    look(company.anonymous().heardBy(examples), "/public/about", "/public/receipt-keys");
    look(company.anonymous().heardBy(examples), "/health/live", "/health/ready");
    look(session, "/v1/device", "/v1/device/policy", "/v1/device/devices", "/v1/device/wraps");
    String snapshot = backUp(device, session);
    look(session, "/v1/device/storage", "/v1/device/scrub");
    expect(201, session.json("POST", "/v1/device/diagnostics", diagnostics()));
    expect(204, session.json("POST", "/v1/device/recovery-proofs", device.practice()));
    restic(device, session);
    expect(204, session.json("POST", "/v1/device/consent", agreement(session)));
    onPages(company.portalOf(employee).heardBy(examples), session, snapshot);
    transfer(device, session);
    rotate(device, session);
    // So that two people are listed.
    ApiDevice second = ApiDevice.enrol(company.agentOf(anybody), "Desktop");
    second.optIn(second.session());
    return device.id();
  }

  private void restic(ApiDevice device, ApiClient session) throws Exception {
    String credentials = "/v1/device/restic/credentials";
    ApiReply given = session.send("POST", credentials, null, null);
    expect(201, given);
    look(session, credentials);
    String own = credentials + "/" + given.field("username");
    expect(204, session.send("DELETE", own, null, null));
    String takeBack = "/restic/" + given.field("repository") + "/take-back";
    Map<String, String> moment = Map.of("moment", Instant.now().minusSeconds(1).toString());
    ApiClient pages = company.portalOf(employee).heardBy(examples);
    look(pages, "/v1/my/restic");
    expect(200, pages.json("POST", "/v1/my" + takeBack, moment));
    ApiReply found = company.admin().get("/v1/admin/employees?search=" + employee.username());
    String them = "/v1/admin/employees/" + found.json().at("/employees/0/employeeId").asLong();
    ApiClient admin = company.admin().heardBy(examples);
    look(admin, them + "/restic");
    expect(200, admin.json("POST", them + takeBack, moment));
    keepsPassword(device, session, given.field("repository"));
  }

  private static void keepsPassword(ApiDevice device, ApiClient session, String repository) {
    byte[] wrap = ApiDevice.random(ResticWrap.BYTES);
    byte[] head = {'H', 'K', '1', 't', 0, 1, 0, 0};
    System.arraycopy(head, 0, wrap, 0, head.length);
    String path = "/v1/device/restic/repositories";
    PutResticPassword password =
        new PutResticPassword(device.setId(), 1, 1, TextCodec.base64(wrap));
    expect(204, session.json("PUT", path + "/" + repository + "/password", password));
    look(session, path);
    expect(201, session.send("POST", path + "/" + repository + "/credentials", null, null));
  }

  private String backUp(ApiDevice device, ApiClient session) {
    String root = ApiDevice.store(session, ApiDevice.random(500));
    String pack = ApiDevice.store(session, ApiDevice.random(900));
    String absent = "ab".repeat(32);
    expect(
        200,
        session.json("POST", "/v1/device/objects/missing", Map.of("names", List.of(pack, absent))));
    String run = "/v1/device/runs/" + TextCodec.hex(ApiDevice.random(16));
    expect(204, session.json("PUT", run, run()));
    CommitSnapshot first = device.first(root, List.of(pack));
    ApiReply committed = session.json("POST", "/v1/device/snapshots", first);
    expect(201, committed);
    String later = ApiDevice.store(session, ApiDevice.random(500));
    expect(
        201,
        session.json(
            "POST",
            "/v1/device/snapshots",
            device.snapshot(2, committed.field("stubHash"), later, List.of(pack), List.of())));
    String path = "/v1/device/snapshots/" + committed.field("snapshotId");
    look(session, "/v1/device/snapshots?limit=1", path);
    expect(200, session.send("POST", path + "/release", null, null));
    expect(200, session.send("DELETE", path + "/release", null, null));
    return committed.field("snapshotId");
  }

  private static Map<String, Object> run() {
    return Map.ofEntries(
        Map.entry("kind", "BACKUP"),
        Map.entry("result", "SUCCESS"),
        Map.entry("startedAt", "2026-01-01T00:00:00Z"),
        Map.entry("endedAt", "2026-01-01T00:00:09Z"),
        Map.entry("agentVersion", "1.0.0"),
        Map.entry("filesDone", 2),
        Map.entry("filesFailed", 0),
        Map.entry("bytesRead", 1400),
        Map.entry("bytesSent", 1400),
        Map.entry("bytesReceived", 0),
        Map.entry("durationMillis", 9000));
  }

  private static Map<String, Object> diagnostics() {
    String at = "2026-01-01T00:00:00Z";
    Map<String, Object> run =
        Map.of(
            "kind", "BACKUP",
            "startedAt", at,
            "seconds", 9,
            "result", "REFUSED",
            "problem", "quota-exceeded");
    return Map.ofEntries(
        Map.entry("format", 1),
        Map.entry("madeAt", at),
        Map.entry("agentVersion", "1.0.0"),
        Map.entry("system", "Linux"),
        Map.entry("systemVersion", "6.12.0"),
        Map.entry("architecture", "amd64"),
        Map.entry("javaVersion", "25.0.1"),
        Map.entry("language", "en"),
        Map.entry("staying", false),
        Map.entry("scheduled", true),
        Map.entry("nextRunAt", "2026-01-01T01:00:00Z"),
        Map.entry("paused", false),
        Map.entry("signedIn", true),
        Map.entry("hasKey", true),
        Map.entry("freeBytes", 52_428_800),
        Map.entry("clockOffsetSeconds", 412),
        Map.entry("portal", "OK"),
        Map.entry("tools", Map.of("systemd", true, "fuse", true, "notifications", false)),
        Map.entry("folders", 2),
        Map.entry("runs", List.of(run)),
        Map.entry("problems", List.of(Map.of("code", "quota-exceeded", "lastAt", at))));
  }

  private static Map<String, Object> agreement(ApiClient session) {
    JsonNode text = session.get("/v1/enrollment").json().path("consentText");
    return Map.of(
        "consentVersion", text.path("version").asInt(),
        "consentLanguage", text.path("language").asText());
  }

  private static void onPages(ApiClient pages, ApiClient session, String snapshot) {
    look(pages, "/v1/my/storage", "/v1/my/retention", "/v1/my/consent", "/v1/my/consent/ledger");
    expect(204, pages.json("POST", "/v1/my/consent", agreement(session)));
    String release = "/v1/my/snapshots/" + snapshot + "/release";
    expect(200, pages.send("POST", release, null, null));
    expect(200, pages.send("DELETE", release, null, null));
  }

  private void transfer(ApiDevice device, ApiClient session) throws Exception {
    ApiDevice fresh = ApiDevice.enrol(company.agentOf(employee), "New laptop");
    ApiClient asking = fresh.session().heardBy(examples);
    String transfers = "/v1/device/transfers";
    String path = transfers + "/" + TextCodec.hex(ApiDevice.random(16));
    String offer = TextCodec.base64(ApiDevice.random(180));
    expect(204, asking.json("PUT", path, new OpenKeyTransfer(device.setId(), offer)));
    look(session, transfers);
    String answer = TextCodec.base64(ApiDevice.random(216));
    KeyTransferMessage message = new KeyTransferMessage(2, KeyTransferStep.ANSWER, answer);
    expect(204, session.json("POST", path + "/messages", message));
    look(asking, path);
  }

  private static void rotate(ApiDevice device, ApiClient session) {
    String chain = TextCodec.hex(ApiDevice.random(16));
    String digits = TextCodec.hex(ApiDevice.random(16));
    expect(201, device.putWrap(session, chain, WrapMethod.CHAIN, 1));
    expect(201, device.putWrap(session, digits, WrapMethod.DIGIT_KEY, 2));
    expect(
        200,
        session.json(
            "POST", "/v1/device/rotation", new Rotate(device.setId(), 2, chain, List.of(digits))));
  }

  static void look(ApiClient api, String... paths) {
    for (String path : paths) {
      expect(200, api.get(path));
    }
  }

  static void expect(int status, ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
  }
}
