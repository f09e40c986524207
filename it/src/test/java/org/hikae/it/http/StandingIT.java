package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Person;
import org.hikae.it.caller.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.EachDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A device acts only while it, its session and its employee may (HK1-R-02), and an employee is
 * Keycloak's id, never a name. Time budget: 60 seconds for both databases beside the systems'
 * start.
 */
class StandingIT {

  @ParameterizedTest
  @EachDatabase
  void a_revoked_or_paused_device_is_refused_at_once(Database.Kind kind) throws Exception {
    Company company = Company.on(kind);
    Device device = Device.enrol(company.agentOf(company.employee()), "stopped");
    Api session = device.session();
    device.optIn(session);
    setState(kind, device.id(), "PAUSED");
    Refusals.assertRefused(session.get("/v1/device"), ProblemCode.DEVICE_PAUSED);
    Refusals.assertRefused(session.get("/v1/device/wraps"), ProblemCode.DEVICE_PAUSED);
    setState(kind, device.id(), "ACTIVE");
    assertThat(session.get("/v1/device").status()).isEqualTo(200);
    setState(kind, device.id(), "REVOKED");
    Refusals.assertRefused(session.get("/v1/device"), ProblemCode.DEVICE_REVOKED);
    Refusals.assertRefused(
        session.bytes("PUT", "/v1/device/objects/" + "0".repeat(64), new byte[1]),
        ProblemCode.DEVICE_REVOKED);
    Refusals.assertRefused(device.nonce(), ProblemCode.DEVICE_REVOKED);
  }

  @ParameterizedTest
  @EachDatabase
  void a_disabled_employee_is_refused_although_the_token_still_lives(Database.Kind kind)
      throws Exception {
    Company company = Company.on(kind);
    Person person = company.employee();
    Api agent = company.agentOf(person);
    Device device = Device.enrol(agent, "left");
    Api session = device.session();
    company.people().setEnabled(person, false);
    Reply synced = company.admin().send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(synced.status()).as("%s", synced).isEqualTo(200);
    Refusals.assertRefused(session.get("/v1/device"), ProblemCode.EMPLOYEE_DISABLED);
    Refusals.assertRefused(agent.get("/v1/enrollment"), ProblemCode.EMPLOYEE_DISABLED);
  }

  @ParameterizedTest
  @EachDatabase
  void a_new_account_with_an_old_name_sees_nothing_of_its_predecessor(Database.Kind kind)
      throws Exception {
    Company company = Company.on(kind);
    Person first = company.employee();
    Device device = Device.enrol(company.agentOf(first), "predecessor");
    Api session = device.session();
    device.optIn(session);
    company.people().delete(first);
    Person second = company.people().employeeNamed(first.username(), "/" + Company.OFFERED);
    Api agent = company.anonymous().bearer(company.signIn().agentToken(second));
    assertThat(agent.get("/v1/enrollment").field("state")).isEqualTo("NOT_OPTED_IN");
    Device own = Device.enrol(agent, "successor");
    assertThat(own.session().get("/v1/device/devices").json()).hasSize(1);
    Refusals.assertRefused(
        agent.json("POST", "/v1/enrollment/nonces", Map.of("deviceId", device.id())),
        ProblemCode.NOT_FOUND);
  }

  @ParameterizedTest
  @EachDatabase
  void a_session_is_of_no_use_with_another_employees_token(Database.Kind kind) throws Exception {
    Company company = Company.on(kind);
    Device device = Device.enrol(company.agentOf(company.employee()), "lender");
    Api session = device.session();
    String other = company.signIn().agentToken(company.employee());
    Refusals.assertRefused(
        session.bearer(other).get("/v1/device"), ProblemCode.DEVICE_SESSION_REQUIRED);
  }

  @ParameterizedTest
  @EachDatabase
  void a_nonce_serves_once_and_only_the_key_that_was_enrolled(Database.Kind kind) throws Exception {
    Company company = Company.on(kind);
    Api agent = company.agentOf(company.employee());
    Device device = Device.enrol(agent, "nonce");
    String nonce = device.nonce().field("nonce");
    assertThat(device.open(nonce).status()).isEqualTo(200);
    Refusals.assertRefused(device.open(nonce), ProblemCode.DEVICE_SESSION_REQUIRED);
    Device thief = Device.unknown(agent);
    Refusals.assertRefused(
        thief.openAs(device.id(), device.nonce().field("nonce")), ProblemCode.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @EachDatabase
  void an_employee_who_is_not_offered_the_backup_yet_is_told_so(Database.Kind kind)
      throws Exception {
    Company company = Company.on(kind);
    Api agent = company.agentOf(company.waitingEmployee());
    Device device = Device.enrol(agent, "waiting");
    if (agent.get("/v1/enrollment").json().path("offered").asBoolean()) {
      // Another suite offers the backup to everyone on this system.
      company.admin().send("DELETE", "/v1/admin/rollout/offers/*", null, null);
    }
    Api session = device.session();
    int version = agent.get("/v1/enrollment").json().at("/consentText/version").asInt();
    Reply reply =
        session.json(
            "POST",
            "/v1/device/opt-in",
            Map.of("setId", device.setId(), "consentVersion", version, "consentLanguage", "en"));
    Refusals.assertRefused(reply, ProblemCode.NOT_OFFERED_YET);
  }

  private static void setState(Database.Kind kind, String deviceId, String state)
      throws SQLException {
    // The pages do this for people; here only what the API makes of it is looked at.
    try (Connection connection = org.hikae.it.stack.Stack.on(kind).db().asApplication();
        PreparedStatement update =
            connection.prepareStatement("update device set state = ? where device_id = ?")) {
      update.setString(1, state);
      update.setString(2, deviceId);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
