package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Stack;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the portal has acknowledged is there after the portal was killed (HK1-S-01, HK1-S-05). Time
 * budget: 120 seconds for both databases beside the systems' start, most of it four restarts.
 */
@Isolated
class KillIT {

  private static final int OBJECT_BYTES = 3_000_000;

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void acknowledged_objects_and_snapshots_survive_a_kill(Database.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    Company company = Company.on(kind);
    Device device = Device.enrol(company.agentOf(company.employee()), "killed");
    Api session = device.session();
    device.optIn(session);
    byte[] bytes = Device.random(OBJECT_BYTES);
    String root = Device.store(session, Device.random(500));
    String pack = Device.store(session, bytes);

    stack.killAndRestartPortal();
    assertThat(session.get("/v1/device/objects/" + pack).body()).isEqualTo(bytes);

    Reply committed =
        session.json("POST", "/v1/device/snapshots", device.first(root, List.of(pack)));
    assertThat(committed.status()).as("%s", committed).isEqualTo(201);

    stack.killAndRestartPortal();
    Reply found = session.get("/v1/device/snapshots/" + committed.field("snapshotId"));
    assertThat(found.json()).isEqualTo(committed.json());
    assertThat(session.get("/v1/device/objects/" + pack).body()).isEqualTo(bytes);
    Reply second =
        session.json(
            "POST",
            "/v1/device/snapshots",
            device.snapshot(2, committed.field("stubHash"), root, List.of(pack), List.of()));
    assertThat(second.status()).as("%s", second).isEqualTo(201);
  }
}
