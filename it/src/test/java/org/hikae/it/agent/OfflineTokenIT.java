package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device's offline token is worth nothing at Keycloak itself once the device has signed out or
 * was revoked. Time budget: 40 seconds beside the system's start.
 */
@FullRunOnly
class OfflineTokenIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The portal ends sessions every ten seconds. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path temp;
  private TestCompany company;
  private TestAccount testAccount;
  private AgentDevice agent;

  @BeforeEach
  void signIn() throws Exception {
    company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    testAccount = company.employee();
    agent = new AgentDevice(company.stack(), temp.resolve("laptop")).here();
    agent.login(testAccount);
  }

  @Test
  void signing_out_ends_it() throws Exception {
    String token = offlineToken();
    assertThat(company.signIn().redeems(token)).isTrue();
    AgentResult signedOut = agent.run("logout", "--json");
    assertThat(signedOut.exitCode()).as("%s", signedOut).isEqualTo(AgentResult.DONE);
    assertThat(company.signIn().redeems(token)).isFalse();
  }

  @Test
  void revoking_the_device_ends_that_of_each_of_its_sign_ins() throws Exception {
    String earlier = offlineToken();
    agent.login(testAccount);
    String later = offlineToken();
    assertThat(later).isNotEqualTo(earlier);
    assertThat(company.signIn().redeems(later)).isTrue();
    revoke();
    awaitEnd(later);
    awaitEnd(earlier);
  }

  private String offlineToken() throws IOException {
    return JSON.readTree(agent.home().resolve("secrets.json").toFile())
        .get("refreshToken")
        .asText();
  }

  private void revoke() throws Exception {
    ApiClient admin = company.admin();
    String employee =
        "/v1/admin/employees/"
            + admin
                .get("/v1/admin/employees?search=" + testAccount.username())
                .json()
                .at("/employees/0/employeeId")
                .asLong();
    String device = admin.get(employee + "/devices").json().at("/0/deviceId").asText();
    ApiReply revoked = admin.send("POST", employee + "/devices/" + device + "/revoke", null, null);
    assertThat(revoked.status()).as("%s", revoked).isEqualTo(200);
  }

  private void awaitEnd(String token) throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (company.signIn().redeems(token)) {
      assertThat(System.nanoTime()).as("Keycloak still takes it").isLessThan(deadline);
      Thread.sleep(200);
    }
  }
}
