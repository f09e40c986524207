package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;

/**
 * A device acts only while it, its session and its employee may (HK1-R-02), a nonce serves for one
 * try (HK1-E-05), and an employee is Keycloak's id, never a name. Time budget: 15 seconds beside
 * the system's start.
 */
@EveryThirdRun
class DeviceAccessIT {

  /** Nothing here depends on SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  @Test
  void a_revoked_or_paused_device_is_refused_at_once() throws Exception {
    TestCompany company = TestCompany.on(KIND);
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "stopped");
    ApiClient session = device.session();
    device.optIn(session);
    setState(device.id(), "PAUSED");
    RefusalAssert.assertRefused(session.get("/v1/device"), ProblemCode.DEVICE_PAUSED);
    RefusalAssert.assertRefused(session.get("/v1/device/wraps"), ProblemCode.DEVICE_PAUSED);
    setState(device.id(), "ACTIVE");
    assertThat(session.get("/v1/device").status()).isEqualTo(200);
    setState(device.id(), "REVOKED");
    RefusalAssert.assertRefused(session.get("/v1/device"), ProblemCode.DEVICE_REVOKED);
    RefusalAssert.assertRefused(
        session.bytes("PUT", "/v1/device/objects/" + "0".repeat(64), new byte[1]),
        ProblemCode.DEVICE_REVOKED);
    RefusalAssert.assertRefused(device.nonce(), ProblemCode.DEVICE_REVOKED);
  }

  @Test
  void a_disabled_employee_is_refused_although_the_token_still_lives() throws Exception {
    TestCompany company = TestCompany.on(KIND);
    TestAccount testAccount = company.employee();
    ApiClient agent = company.agentOf(testAccount);
    ApiDevice device = ApiDevice.enrol(agent, "left");
    ApiClient session = device.session();
    company.people().setEnabled(testAccount, false);
    ApiReply synced = company.admin().send("POST", "/v1/admin/directory/sync", null, null);
    assertThat(synced.status()).as("%s", synced).isEqualTo(200);
    RefusalAssert.assertRefused(session.get("/v1/device"), ProblemCode.EMPLOYEE_DISABLED);
    RefusalAssert.assertRefused(agent.get("/v1/enrollment"), ProblemCode.EMPLOYEE_DISABLED);
  }

  @Test
  void a_new_account_with_an_old_name_sees_nothing_of_its_predecessor() throws Exception {
    TestCompany company = TestCompany.on(KIND);
    TestAccount first = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(first), "predecessor");
    ApiClient session = device.session();
    device.optIn(session);
    company.people().delete(first);
    TestAccount second =
        company.people().employeeNamed(first.username(), "/" + TestCompany.OFFERED);
    ApiClient agent = company.anonymous().bearer(company.signIn().agentToken(second));
    assertThat(agent.get("/v1/enrollment").field("state")).isEqualTo("NOT_OPTED_IN");
    ApiDevice own = ApiDevice.enrol(agent, "successor");
    assertThat(own.session().get("/v1/device/devices").json()).hasSize(1);
    RefusalAssert.assertRefused(
        agent.json("POST", "/v1/enrollment/nonces", Map.of("deviceId", device.id())),
        ProblemCode.NOT_FOUND);
  }

  @Test
  void a_session_is_of_no_use_with_another_employees_token() throws Exception {
    TestCompany company = TestCompany.on(KIND);
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "lender");
    ApiClient session = device.session();
    String other = company.signIn().agentToken(company.employee());
    RefusalAssert.assertRefused(
        session.bearer(other).get("/v1/device"), ProblemCode.DEVICE_SESSION_REQUIRED);
  }

  @Test
  void a_nonce_serves_once_and_only_the_key_that_was_enrolled() throws Exception {
    TestCompany company = TestCompany.on(KIND);
    ApiClient agent = company.agentOf(company.employee());
    ApiDevice device = ApiDevice.enrol(agent, "nonce");
    String nonce = device.nonce().field("nonce");
    assertThat(device.open(nonce).status()).isEqualTo(200);
    RefusalAssert.assertRefused(device.open(nonce), ProblemCode.DEVICE_SESSION_REQUIRED);
    ApiDevice thief = ApiDevice.unknown(agent);
    String tried = device.nonce().field("nonce");
    RefusalAssert.assertRefused(thief.openAs(device.id(), tried), ProblemCode.BAD_SIGNATURE);
    RefusalAssert.assertRefused(device.open(tried), ProblemCode.DEVICE_SESSION_REQUIRED);
  }

  private static void setState(String deviceId, String state) throws SQLException {
    // The pages do this for people; here only what the API makes of it is looked at.
    try (Connection connection = Stack.on(KIND).db().asApplication();
        PreparedStatement update =
            connection.prepareStatement("update device set state = ? where device_id = ?")) {
      update.setString(1, state);
      update.setString(2, deviceId);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
