package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.hk1.Ids;
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.Person;
import org.hikae.it.client.Reply;
import org.hikae.it.http.access.Doorway.Visitor;
import org.hikae.it.stack.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of devices and employees that names an object, once with somebody else's real one
 * and once with none (HK1-R-03). Made from the rows of {@link Doorway}; a new kind of object
 * without an example fails. Time budget: 20 seconds beside the system's start.
 */
@DisplayName("HK1-R-03: objects of others")
class ForeignObjectsIT {

  private static final Pattern OBJECT = Pattern.compile("/(\\w+)/([0-9a-f]{64}|[0-9a-f]{32})");

  /** By the name before it in the path. */
  private static final Map<String, String> OF_ANOTHER = new HashMap<>();

  private static Api owning;
  private static JsonNode committed;
  private static JsonNode wraps;
  private static Api device;
  private static Api employee;

  @BeforeAll
  static void two_employees() throws Exception {
    Company company = Company.on(Database.Kind.H2);
    Device owner = Device.enrol(company.agentOf(company.employee()), "owner");
    owning = owner.session();
    owner.optIn(owning);
    String root = Device.store(owning, Device.random(500));
    String pack = Device.store(owning, Device.random(700));
    String snapshot =
        owning
            .json("POST", "/v1/device/snapshots", owner.first(root, List.of(pack)))
            .field("snapshotId");
    committed = owning.get("/v1/device/snapshots/" + snapshot).json();
    wraps = owning.get("/v1/device/wraps").json();
    OF_ANOTHER.put("objects", pack);
    OF_ANOTHER.put("snapshots", snapshot);
    OF_ANOTHER.put("wraps", wraps.findPath("wrapId").asText());
    String run = Ids.hex(Device.random(16));
    Doorway reported =
        Doorway.all().stream()
            .filter(doorway -> doorway.path().startsWith("/v1/device/runs/"))
            .findFirst()
            .orElseThrow();
    assertThat(owning.json("PUT", "/v1/device/runs/" + run, reported.body()).status())
        .isEqualTo(204);
    OF_ANOTHER.put("runs", run);
    Reply given = owning.send("POST", "/v1/device/restic/credentials", null, null);
    OF_ANOTHER.put("credentials", given.field("username"));
    OF_ANOTHER.put("restic", given.field("repository"));
    OF_ANOTHER.put("repositories", given.field("repository"));

    Person stranger = company.employee();
    Device other = Device.enrol(company.agentOf(stranger), "stranger");
    device = other.session();
    other.optIn(device);
    employee = company.portalOf(stranger);
  }

  /** An answer like that for none is worth nothing if the object is gone behind it. */
  @AfterAll
  static void everything_of_the_owner_is_still_there() {
    assertThat(owning.get("/v1/device/objects/" + OF_ANOTHER.get("objects")).status())
        .isEqualTo(200);
    Reply snapshot = owning.get("/v1/device/snapshots/" + OF_ANOTHER.get("snapshots"));
    assertThat(snapshot.status()).isEqualTo(200);
    assertThat(snapshot.json()).isEqualTo(committed);
    assertThat(owning.get("/v1/device/wraps").json()).isEqualTo(wraps);
    assertThat(owning.get("/v1/device/restic/credentials").json().findPath("usable").asBoolean())
        .isTrue();
  }

  static List<Doorway> doorways() {
    return Doorway.all().stream()
        .filter(doorway -> OBJECT.matcher(doorway.path()).find())
        .filter(
            doorway ->
                doorway.may().contains(Visitor.DEVICE)
                    || doorway.may().contains(Visitor.PORTAL_EMPLOYEE))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("doorways")
  void somebody_elses_is_answered_like_none(Doorway doorway) {
    Reply foreign = ask(doorway, true);
    Reply absent = ask(doorway, false);
    assertThat(foreign.status()).as("%s and %s", foreign, absent).isEqualTo(absent.status());
    if (!doorway.method().equals("HEAD") && foreign.status() >= 400) {
      assertThat(foreign.code()).isEqualTo(absent.code());
    }
  }

  private static Reply ask(Doorway doorway, boolean foreign) {
    Matcher object = OBJECT.matcher(doorway.path());
    assertThat(object.find()).isTrue();
    String kind = object.group(1);
    String id = OF_ANOTHER.get(kind);
    assertThat(id).as("an example of %s that belongs to another", kind).isNotBlank();
    String asked = foreign ? id : Ids.hex(Device.random(id.length() / 2));
    String path = doorway.path().replace(object.group(2), asked);
    Api caller = doorway.may().contains(Visitor.DEVICE) ? device : employee;
    Object body = doorway.body();
    return switch (body) {
      case null -> caller.send(doorway.method(), path, null, null);
      case byte[] bytes -> caller.bytes(doorway.method(), path, bytes);
      default -> caller.json(doorway.method(), path, body);
    };
  }
}
