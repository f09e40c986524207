package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.Test;

/**
 * Objects, snapshots, runs, wraps and sets of somebody else look like nothing (HK1-R-03). Time
 * budget: 10 seconds beside the system's start.
 */
class ForeignSnapshotsIT {

  private static final String SNAPSHOTS = "/v1/device/snapshots";

  @Test
  void what_belongs_to_someone_else_is_answered_like_what_does_not_exist() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ApiDevice owner = ApiDevice.enrol(company.agentOf(company.employee()), "owner");
    ApiClient owning = owner.session();
    owner.optIn(owning);
    ApiDevice other = ApiDevice.enrol(company.agentOf(company.employee()), "other");
    ApiClient curious = other.session();
    other.optIn(curious);
    byte[] bytes = ApiDevice.random(700);
    String root = ApiDevice.store(owning, ApiDevice.random(500));
    String pack = ApiDevice.store(owning, bytes);
    ApiReply committed = owning.json("POST", SNAPSHOTS, owner.first(root, List.of(pack)));
    String snapshot = committed.field("snapshotId");
    String runId = TextCodec.hex(ApiDevice.random(16));
    assertThat(owning.json("PUT", "/v1/device/runs/" + runId, run()).status()).isEqualTo(204);

    String noId = TextCodec.hex(ApiDevice.random(16));
    String noName = TextCodec.hex(ApiDevice.random(32));
    assertAlike(curious, "GET", "/v1/device/objects/", pack, noName);
    assertAlike(curious, "HEAD", "/v1/device/objects/", pack, noName);
    assertAlike(curious, "GET", SNAPSHOTS + "/", snapshot, noId);
    assertThat(curious.get(SNAPSHOTS + "/" + snapshot + "/objects").problemWithoutId())
        .isEqualTo(curious.get(SNAPSHOTS + "/" + noId + "/objects").problemWithoutId());
    assertThat(curious.get(SNAPSHOTS + "?after=" + snapshot).problemWithoutId())
        .isEqualTo(curious.get(SNAPSHOTS + "?after=" + noId).problemWithoutId());
    assertThat(curious.get(SNAPSHOTS + "?device=" + owner.id()).body())
        .isEqualTo(curious.get(SNAPSHOTS + "?device=" + noId).body());

    // Deduplication must not tell that somebody else has stored the same bytes.
    ApiReply missing =
        curious.json("POST", "/v1/device/objects/missing", Map.of("names", List.of(pack)));
    assertThat(missing.json().path("missing")).hasSize(1);
    ApiReply listing = curious.json("POST", SNAPSHOTS, other.first(root, List.of(pack)));
    RefusalAssert.assertRefused(listing, ProblemCode.MISSING_OBJECTS);
    assertThat(ApiDevice.store(curious, bytes)).isEqualTo(pack);

    CommitSnapshot own = other.first(pack, List.of());
    ApiReply intoForeign = curious.json("POST", SNAPSHOTS, ApiDevice.inSet(owner.setId(), own));
    ApiReply intoNone = curious.json("POST", SNAPSHOTS, ApiDevice.inSet(noId, own));
    RefusalAssert.assertRefused(intoForeign, ProblemCode.NOT_FOUND);
    assertThat(intoForeign.problemWithoutId()).isEqualTo(intoNone.problemWithoutId());

    // The same identifier of a run or of a wrap is free for everyone else.
    assertThat(curious.json("PUT", "/v1/device/runs/" + runId, run()).status()).isEqualTo(204);
    String owned = owning.get("/v1/device/wraps").text();
    String wrapId = owning.get("/v1/device/wraps").json().get(0).path("wrapId").asText();
    ApiReply filed = other.putWrap(curious, wrapId, other.wrap(wrapId));
    assertThat(filed.status()).as("%s", filed).isEqualTo(201);
    assertThat(curious.get("/v1/device/wraps").text()).contains(wrapId);
    assertThat(owning.get("/v1/device/wraps").text()).isEqualTo(owned);

    assertThat(owner.setId()).isNotEqualTo(other.setId());
    Map<String, Object> foreignSet = wrap(owner.setId());
    Map<String, Object> noSet = wrap(noId);
    assertThat(curious.json("PUT", "/v1/device/wraps/" + noId, foreignSet).problemWithoutId())
        .isEqualTo(curious.json("PUT", "/v1/device/wraps/" + noId, noSet).problemWithoutId());
    assertThat(curious.get("/v1/device/wraps").text()).doesNotContain(owner.id());
    assertThat(curious.get("/v1/device/devices").text()).doesNotContain(owner.id());
    assertThat(
            curious
                .json("POST", "/v1/enrollment/nonces", Map.of("deviceId", owner.id()))
                .problemWithoutId())
        .isEqualTo(
            curious
                .json("POST", "/v1/enrollment/nonces", Map.of("deviceId", noId))
                .problemWithoutId());
  }

  private static void assertAlike(
      ApiClient curious, String method, String path, String foreign, String absent) {
    ApiReply one = curious.send(method, path + foreign, null, null);
    ApiReply none = curious.send(method, path + absent, null, null);
    assertThat(one.status()).as("%s", one).isEqualTo(404);
    assertThat(none.status()).isEqualTo(404);
    if (!method.equals("HEAD")) {
      RefusalAssert.assertRefused(one, ProblemCode.NOT_FOUND);
      assertThat(one.problemWithoutId()).isEqualTo(none.problemWithoutId());
    }
    assertThat(names(one)).isEqualTo(names(none));
  }

  private static List<String> names(ApiReply reply) {
    return reply.headers().map().keySet().stream().sorted().toList();
  }

  private static Map<String, Object> wrap(String setId) {
    return Map.of("setId", setId, "generation", 1, "method", "PASSWORD_VAULT");
  }

  private static Map<String, Object> run() {
    return Map.ofEntries(
        Map.entry("kind", "BACKUP"),
        Map.entry("result", "RUNNING"),
        Map.entry("startedAt", "2026-01-01T00:00:00Z"),
        Map.entry("agentVersion", "1"),
        Map.entry("filesDone", 1),
        Map.entry("filesFailed", 0),
        Map.entry("bytesRead", 1),
        Map.entry("bytesSent", 1),
        Map.entry("bytesReceived", 1),
        Map.entry("durationMillis", 1));
  }
}
