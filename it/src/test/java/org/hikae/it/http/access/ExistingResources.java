package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.notice.wire.NoticeKind;

/**
 * A thing of each kind that the API has a name for, which is there and belongs to these callers. So
 * a request gets past the place where the portal looks for it. They are by the names of the OpenAPI
 * document's parameters; a parameter without one fails.
 */
public final class ExistingResources {

  /**
   * A number of nothing. A finding that stands would keep everybody's directory from being read.
   */
  public static final String NO_FINDING = "999999999";

  private static final String ADMIN = "/v1/admin/";

  /** What a campaign's wave and a recipient of notices are waiting for never comes. */
  private static final String NEVER = "2126-01-01T00:00:00Z";

  private final Map<String, String> inPath = new HashMap<>();
  private final Map<String, Object> inBody = new HashMap<>();

  private ExistingResources() {}

  /** Makes them. */
  public static ExistingResources of(CallerKinds callers)
      throws IOException, InterruptedException, MalformedException {
    ExistingResources all = new ExistingResources();
    all.backUp(callers);
    ApiClient admin = callers.company().admin();
    long employeeId = employeeId(admin, callers.employee());
    ApiDevice second = ApiDevice.enrol(callers.company().agentOf(callers.employee()), "second");
    all.inPath.put("employeeId", Long.toString(employeeId));
    all.inPath.put("deviceId", second.id());
    all.inPath.put("version", "1");
    all.inPath.put("findingId", NO_FINDING);
    all.inPath.put("requestId", waitingRequest(admin, employeeId));
    all.inPath.put("noticeId", noticeAbout(admin, employeeId));
    all.inPath.put("recipientId", all.recipient(admin));
    all.inPath.put("channel", "MAIL");
    // Of the month that is not over there is always a preview.
    all.inPath.put("month", YearMonth.now(ZoneOffset.UTC).toString());
    // The first entry of the transparency log, as a tile.
    all.inPath.put("level", "0");
    all.inPath.put("first", "000.p");
    all.inPath.put("second", "1");
    // So short a log has neither a full tile nor one with a number of two parts.
    all.inPath.put("number", NO_FINDING);
    all.inPath.put("third", NO_FINDING);
    // Nobody has signed updates here.
    all.inPath.put("fileName", "hikae_1.1.0_amd64.deb");
    all.inPath.put("part", NO_FINDING);
    all.inPath.put("file", NO_FINDING);
    all.inPath.put("group", "it-hostile");
    callers.company().people().department("it-hostile");
    all.campaign(admin, callers.employee());
    all.policy(admin, employeeId);
    return all;
  }

  /** What a parameter of a path says. */
  public String inPath(String parameter) {
    String value = inPath.get(parameter);
    if (value == null) {
      throw new IllegalStateException("No example of {" + parameter + "}");
    }
    return value;
  }

  /** The usual body, which names what is there wherever it names something. */
  public Map<Object, Object> inBody(Map<?, ?> usual) {
    Map<Object, Object> body = new HashMap<>(usual);
    body.replaceAll((field, value) -> inBody.getOrDefault(field, value));
    return body;
  }

  private void backUp(CallerKinds callers)
      throws IOException, InterruptedException, MalformedException {
    ApiDevice device = callers.device();
    ApiClient session = callers.session();
    String root = ApiDevice.store(session, ApiDevice.random(500));
    String pack = ApiDevice.store(session, ApiDevice.random(900));
    ApiReply committed =
        session.json("POST", "/v1/device/snapshots", device.first(root, List.of(pack)));
    expect(201, committed);
    String wrap = TextCodec.hex(ApiDevice.random(16));
    expect(201, device.putWrap(session, wrap, device.wrap(wrap)));
    String run = TextCodec.hex(ApiDevice.random(16));
    expect(204, session.json("PUT", "/v1/device/runs/" + run, OperationAccess.run()));
    ApiReply restic = session.send("POST", "/v1/device/restic/credentials", null, null);
    expect(201, restic);
    String transfer = TextCodec.hex(ApiDevice.random(16));
    Map<String, Object> asked = new HashMap<>(OperationAccess.openTransfer());
    asked.put("setId", device.setId());
    expect(204, session.json("PUT", "/v1/device/transfers/" + transfer, asked));
    inPath.put("transferId", transfer);
    inPath.put("name", pack);
    inPath.put("snapshotId", committed.field("snapshotId"));
    inPath.put("wrapId", wrap);
    inPath.put("runId", run);
    inPath.put("username", restic.field("username"));
    inPath.put("repository", restic.field("repository"));
    inBody.put("deviceId", device.id());
    inBody.put("setId", device.setId());
    inBody.put("names", List.of(pack));
    // The next snapshot of the series, which only wants for what stands at the hostile place.
    inBody.put("sequence", 2);
    inBody.put("previous", committed.field("stubHash"));
    inBody.put("root", ApiDevice.store(session, ApiDevice.random(500)));
    inBody.put("listHash", ObjectList.hash(List.of(Hash256.parse(pack))).hex());
  }

  /** The portal's number of an employee. */
  private static long employeeId(ApiClient admin, TestAccount employee) {
    ApiReply found = admin.get(ADMIN + "employees?search=" + employee.username());
    return found.json().at("/employees/0/employeeId").asLong();
  }

  /** That a legal hold ends, which another administrator asks for. */
  private static String waitingRequest(ApiClient admin, long employeeId) {
    String hold = ADMIN + "employees/" + employeeId + "/legal-hold";
    expect(201, admin.json("PUT", hold, Map.of("reason", "hostile")));
    ApiReply waits = admin.send("DELETE", hold, null, null);
    expect(202, waits);
    return waits.field("requestId");
  }

  private static String noticeAbout(ApiClient admin, long employeeId) {
    JsonNode notices = admin.get(ADMIN + "notices?limit=100").json().path("notices");
    return StreamSupport.stream(notices.spliterator(), false)
        .filter(notice -> notice.path("employeeId").asLong() == employeeId)
        .findFirst()
        .orElseThrow()
        .path("noticeId")
        .asText();
  }

  /** Hears of nothing that is critical, so that no second administrator is asked. */
  private String recipient(ApiClient admin) {
    List<String> kinds = List.of(NoticeKind.SNAPSHOT_RELEASED.code());
    inBody.put("kinds", kinds);
    Map<String, Object> recipient = new HashMap<>(OperationAccess.recipient("en"));
    recipient.put("name", "hostile " + UUID.randomUUID());
    recipient.put("kinds", kinds);
    recipient.put("mutedUntil", NEVER);
    ApiReply made = admin.json("POST", ADMIN + "notice-recipients", recipient);
    expect(201, made);
    return made.field("recipientId");
  }

  /** Offers the backup to nobody but who has it. */
  private void campaign(ApiClient admin, TestAccount employee) {
    String campaigns = ADMIN + "rollout/campaigns";
    Map<String, Object> gate =
        Map.of("gate", "FAILED_FIRST_BACKUPS", "maxPercent", 20, "minObserved", 5);
    inBody.put("gates", List.of(gate));
    ApiReply made =
        admin.json("POST", campaigns, Map.of("name", "hostile", "gates", List.of(gate)));
    expect(201, made);
    String campaignId = made.field("campaignId");
    ApiReply added =
        admin.json(
            "POST",
            campaigns + "/" + campaignId + "/waves",
            Map.of("name", "hostile", "startsAt", NEVER));
    expect(201, added);
    String waveId = added.json().at("/waves/0/waveId").asText();
    byte[] list = ("username\r\n" + employee.username()).getBytes(StandardCharsets.UTF_8);
    String at = campaigns + "/" + campaignId + "/waves/" + waveId + "/list";
    expect(200, admin.send("PUT", at, "text/csv", list));
    inPath.put("campaignId", campaignId);
    inPath.put("waveId", waveId);
  }

  private void policy(ApiClient admin, long employeeId) {
    String scope = "employee/" + employeeId;
    Map<String, Object> values = Map.of("backupMissedDays", 10, "backupLongMissedDays", 20);
    Map<String, Object> first = Map.of("replaces", 0, "values", values);
    expect(200, admin.json("PUT", ADMIN + "policies/scopes/" + scope, first));
    inPath.put("scope", scope);
    inBody.put("scope", scope);
    inBody.put("replaces", 1);
    inBody.put("values", values);
  }

  private static void expect(int status, ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
  }

  /** A practice that nobody has signed, which is refused. */
  static Map<String, Object> proof(String setId) {
    return Map.of(
        "format",
        1,
        "kind",
        "PRACTICE",
        "madeAt",
        "2026-01-31T12:00:00Z",
        "setId",
        setId,
        "generation",
        1,
        "files",
        0,
        "bytes",
        0,
        "signature",
        "AA");
  }
}
