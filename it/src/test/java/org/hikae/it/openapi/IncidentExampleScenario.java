package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.it.openapi.DeviceExampleScenario.expect;
import static org.hikae.it.openapi.DeviceExampleScenario.look;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.KeycloakPopulation;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.KeycloakServer;

/** What is out of order: rotten objects, leavers, more leavers than plausible, and the trail. */
final class IncidentExampleScenario {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final int CROWD = 40;

  /** More than may leave within a day, however small the company is. */
  private static final int TOO_MANY = 12;

  private final TestCompany company;
  private final OperationExamples examples;

  IncidentExampleScenario(TestCompany company, OperationExamples examples) {
    this.company = company;
    this.examples = examples;
  }

  void rot() throws Exception {
    assertThat(company.stack().db().loseBytes("select repository_id from repository")).isPositive();
    ApiClient quiet = company.admin();
    expect(202, quiet.send("POST", "/v1/admin/scrub", null, null));
    until(
        () -> {
          JsonNode state = quiet.get("/v1/admin/scrub").json();
          return !state.path("running").asBoolean()
              && state.at("/passes/0").hasNonNull("endedAt")
              && state.path("rotten").asLong() > 0;
        });
    look(company.admin().heardBy(examples), "/v1/admin/scrub", "/v1/admin/rotten-objects?limit=1");
  }

  void leavers() throws Exception {
    KeycloakServer keycloak = company.stack().keycloak();
    KeycloakPopulation keycloakPopulation = new KeycloakPopulation(keycloak);
    keycloakPopulation.gather(CROWD, 2);
    ApiClient quiet = company.admin();
    sync(quiet);
    Map<String, String> ids = keycloakPopulation.ids();
    for (int i = 0; i < TOO_MANY; i++) {
      keycloak.admin("DELETE", "/users/" + ids.get("crowd-" + i), Map.of());
    }
    ApiClient admin = company.admin().heardBy(examples);
    sync(admin);
    look(admin, "/v1/admin/directory");
    long number = admin.get("/v1/admin/directory").json().at("/massLeave/findingId").asLong();
    String finding = "/v1/admin/directory/findings/" + number;
    look(admin, finding + "/employees?limit=1");
    expect(200, admin.send("POST", finding + "/dismiss", null, null));
    expect(200, admin.send("POST", finding + "/confirm", null, null));
    look(admin, "/v1/admin/leavers?limit=1");
  }

  private static void sync(ApiClient admin) {
    expect(200, admin.send("POST", "/v1/admin/directory/sync?kind=full", null, null));
  }

  void trail() throws Exception {
    String revoked = "/v1/admin/audit?limit=1&action=device.revoke";
    ApiClient quiet = company.admin();
    until(() -> quiet.get(revoked).json().at("/events/0").hasNonNull("hash"));
    ApiClient admin = company.admin().heardBy(examples);
    look(admin, revoked, "/v1/admin/audit/verification");
    long gone = quiet.get("/v1/admin/leavers?limit=1").json().at("/leavers/0/employeeId").asLong();
    expect(200, admin.send("DELETE", "/v1/admin/audit/names/" + gone, null, null));
  }

  /** Waits until it is so. */
  static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
      Thread.sleep(200);
    }
  }
}
