package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hikae.hk1.Hash256;
import org.hikae.it.agent.AgentResult;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The volume with PostgreSQL's data gets full, log and all: uploads are refused with a sentence and
 * a time to come back, nothing of them is there, and once there is room everything goes on. Whether
 * the tables or the log find no room first is up to the database; in the second case it stops, the
 * portal says that its storage does not answer, and somebody has to start it again. Time budget: 30
 * seconds beside the systems' start.
 */
@FullRunOnly
@Isolated // the volume of the database that all share gets full
class FullDiskIT {

  private static final int ROOM_KIB = 40 * 1024;
  private static final int PACK_BYTES = 6_000_000;
  private static final int MOST_PACKS = 30;
  private static final int NETWORK = 5;

  @Test
  void a_full_volume_refuses_uploads_keeps_nothing_half_and_goes_on_when_there_is_room()
      throws Exception {
    StackDatabase.Kind kind = StackDatabase.Kind.POSTGRESQL;
    Assumptions.assumeTrue(
        TestCompany.on(kind).stack().db().objects().isEmpty(), "objects do not fill its volume");
    DisturbedEmployee disturbedEmployee = DisturbedEmployee.on(kind);
    TestCompany company = TestCompany.on(kind);
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "full");
    ApiClient session = device.session();
    device.optIn(session);
    StackDatabase database = disturbedEmployee.stack().db();
    database.moveToSmallVolume(ROOM_KIB);
    try {
      fillAndGoOn(disturbedEmployee, device, session, database);
    } finally {
      database.makeRoom();
      database.leaveSmallVolume();
    }
    disturbedEmployee.completeAndRestore("on the large volume again");
  }

  private static void fillAndGoOn(
      DisturbedEmployee disturbedEmployee,
      ApiDevice device,
      ApiClient session,
      StackDatabase database)
      throws Exception {
    List<String> stored = new ArrayList<>();
    byte[] refused = ApiDevice.random(PACK_BYTES);
    ApiReply reply = put(session, refused);
    while (reply.status() == 201) {
      stored.add(Hash256.sha256(refused).hex());
      assertThat(stored).hasSizeLessThan(MOST_PACKS);
      refused = ApiDevice.random(PACK_BYTES);
      reply = put(session, refused);
    }
    requireRefused(reply);
    Random random = new Random(TestEffort.seed());
    System.out.println(
        "full volume, seed "
            + TestEffort.seed()
            + ": "
            + reply.code()
            + " after "
            + stored.size()
            + " packs");
    disturbedEmployee.tree().change(random);
    disturbedEmployee.tree().add(PACK_BYTES, random);
    AgentResult agentResult = disturbedEmployee.backUp();
    assertThat(agentResult.exitCode()).as("%s", agentResult).isEqualTo(NETWORK);
    assertThat(agentResult.event("error").path("code").asText())
        .isIn("problem.storage-full", "problem.storage-unavailable");

    database.makeRoom();
    database.restartIfEnded();
    StoreIntegrity.require(database, device.setId(), "full volume");
    StoreIntegrity.require(database, disturbedEmployee.setId(), "full volume");
    String name = Hash256.sha256(refused).hex();
    assertThat(session.get("/v1/device/objects/" + name).status()).isEqualTo(404);
    assertThat(put(session, refused).status()).isEqualTo(201);
    stored.add(name);
    stored.sort(null);
    String root = ApiDevice.store(session, ApiDevice.random(500));
    ApiReply committed = session.json("POST", "/v1/device/snapshots", device.first(root, stored));
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);
    for (String pack : stored) {
      byte[] bytes = session.get("/v1/device/objects/" + pack).body();
      assertThat(Hash256.sha256(bytes).hex()).isEqualTo(pack);
    }
    disturbedEmployee.completeAndRestore("after a full volume");
  }

  private static ApiReply put(ApiClient session, byte[] bytes) {
    return session.bytes("PUT", "/v1/device/objects/" + Hash256.sha256(bytes).hex(), bytes);
  }

  private static void requireRefused(ApiReply reply) {
    assertThat(reply.status()).as("%s", reply).isIn(503, 507);
    assertThat(reply.code()).as("%s", reply).isIn("storage-full", "storage-unavailable");
    assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    assertThat(reply.json().path("detail").asText()).contains("storage");
  }
}
