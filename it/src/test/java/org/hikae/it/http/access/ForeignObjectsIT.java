package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.enrollment.transfer.wire.OpenKeyTransfer;
import org.hikae.hk1.TextCodec;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of devices and employees that names an object, once with somebody else's real one
 * and once with none (HK1-R-03). Made from the rows of {@link OperationAccess}; a new kind of
 * object without an example fails. Time budget: 20 seconds beside the system's start.
 */
@DisplayName("HK1-R-03: objects of others")
@EveryThirdRun
class ForeignObjectsIT {

  private static final Pattern OBJECT = Pattern.compile("/(\\w+)/([0-9a-f]{64}|[0-9a-f]{32})");

  /** By the name before it in the path. */
  private static final Map<String, String> OF_ANOTHER = new HashMap<>();

  private static ApiClient owning;
  private static JsonNode committed;
  private static JsonNode wraps;
  private static ApiClient device;
  private static ApiClient employee;

  @BeforeAll
  static void two_employees() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    ApiDevice owner = ApiDevice.enrol(company.agentOf(company.employee()), "owner");
    owning = owner.session();
    owner.optIn(owning);
    String root = ApiDevice.store(owning, ApiDevice.random(500));
    String pack = ApiDevice.store(owning, ApiDevice.random(700));
    String snapshot =
        owning
            .json("POST", "/v1/device/snapshots", owner.first(root, List.of(pack)))
            .field("snapshotId");
    committed = owning.get("/v1/device/snapshots/" + snapshot).json();
    wraps = owning.get("/v1/device/wraps").json();
    OF_ANOTHER.put("objects", pack);
    OF_ANOTHER.put("snapshots", snapshot);
    OF_ANOTHER.put("wraps", wraps.findPath("wrapId").asText());
    String run = TextCodec.hex(ApiDevice.random(16));
    OperationAccess reported =
        OperationAccess.all().stream()
            .filter(operationAccess -> operationAccess.path().startsWith("/v1/device/runs/"))
            .findFirst()
            .orElseThrow();
    assertThat(owning.json("PUT", "/v1/device/runs/" + run, reported.body()).status())
        .isEqualTo(204);
    OF_ANOTHER.put("runs", run);
    ApiReply given = owning.send("POST", "/v1/device/restic/credentials", null, null);
    OF_ANOTHER.put("credentials", given.field("username"));
    OF_ANOTHER.put("restic", given.field("repository"));
    OF_ANOTHER.put("repositories", given.field("repository"));

    String transfer = TextCodec.hex(ApiDevice.random(16));
    OpenKeyTransfer asked = new OpenKeyTransfer(owner.setId(), "AAAA");
    assertThat(owning.json("PUT", "/v1/device/transfers/" + transfer, asked).status())
        .isEqualTo(204);
    OF_ANOTHER.put("transfers", transfer);

    TestAccount stranger = company.employee();
    ApiDevice other = ApiDevice.enrol(company.agentOf(stranger), "stranger");
    device = other.session();
    other.optIn(device);
    employee = company.portalOf(stranger);
  }

  /** An answer like that for none is worth nothing if the object is gone behind it. */
  @AfterAll
  static void everything_of_the_owner_is_still_there() {
    assertThat(owning.get("/v1/device/objects/" + OF_ANOTHER.get("objects")).status())
        .isEqualTo(200);
    ApiReply snapshot = owning.get("/v1/device/snapshots/" + OF_ANOTHER.get("snapshots"));
    assertThat(snapshot.status()).isEqualTo(200);
    assertThat(snapshot.json()).isEqualTo(committed);
    assertThat(owning.get("/v1/device/wraps").json()).isEqualTo(wraps);
    assertThat(owning.get("/v1/device/restic/credentials").json().findPath("usable").asBoolean())
        .isTrue();
  }

  static List<OperationAccess> operations() {
    return OperationAccess.all().stream()
        .filter(operationAccess -> OBJECT.matcher(operationAccess.path()).find())
        .filter(
            operationAccess ->
                operationAccess.may().contains(CallerKind.DEVICE)
                    || operationAccess.may().contains(CallerKind.PORTAL_EMPLOYEE))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void somebody_elses_is_answered_like_none(OperationAccess operationAccess) {
    ApiReply foreign = ask(operationAccess, true);
    ApiReply absent = ask(operationAccess, false);
    assertThat(foreign.status()).as("%s and %s", foreign, absent).isEqualTo(absent.status());
    if (!operationAccess.method().equals("HEAD") && foreign.status() >= 400) {
      assertThat(foreign.code()).isEqualTo(absent.code());
    }
  }

  private static ApiReply ask(OperationAccess operationAccess, boolean foreign) {
    Matcher object = OBJECT.matcher(operationAccess.path());
    assertThat(object.find()).isTrue();
    String kind = object.group(1);
    String id = OF_ANOTHER.get(kind);
    assertThat(id).as("an example of %s that belongs to another", kind).isNotBlank();
    String asked = foreign ? id : TextCodec.hex(ApiDevice.random(id.length() / 2));
    String path = operationAccess.path().replace(object.group(2), asked);
    ApiClient caller = operationAccess.may().contains(CallerKind.DEVICE) ? device : employee;
    Object body = operationAccess.body();
    return switch (body) {
      case null -> caller.send(operationAccess.method(), path, null, null);
      case byte[] bytes -> caller.bytes(operationAccess.method(), path, bytes);
      default -> caller.json(operationAccess.method(), path, body);
    };
  }
}
