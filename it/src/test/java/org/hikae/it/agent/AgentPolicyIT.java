package org.hikae.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent follows the policy of the portal that ships (HK1-P-13, HK1-P-14). Time budget: 20
 * seconds beside the system's start.
 */
@FullRunOnly
class AgentPolicyIT {

  private static final String PASSWORD = "tsubame-ga-tonde-iku-5";

  @TempDir private Path temp;

  @Test
  void folders_patterns_and_the_oldest_version_come_from_the_portal() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    TestAccount testAccount = company.employee();
    Path home = Files.createDirectories(temp.resolve("person"));
    Path docs = Files.createDirectories(home.resolve("Documents"));
    Files.writeString(docs.resolve("letter.txt"), "letter");
    Files.writeString(docs.resolve("film.iso"), "film");
    AgentDevice agent =
        new AgentDevice(Stack.on(StackDatabase.Kind.H2), temp.resolve("follower"))
            .livingIn(home)
            .here();
    agent.login(testAccount);
    agent.optIn("digit-key", PASSWORD);
    ApiReply found = company.admin().get("/v1/admin/employees?search=" + testAccount.username());
    String scope =
        "/v1/admin/policies/scopes/employee/" + found.json().at("/employees/0/employeeId").asLong();
    Map<String, Object> values =
        Map.of("backupInclude", List.of("~/Documents"), "backupExclude", List.of("*.iso"));
    put(company, scope, 0, values);

    AgentResult backup = agent.run("backup", "--json");
    assertThat(backup.exitCode()).as("%s", backup).isEqualTo(AgentResult.DONE);
    assertThat(backup.event("backup").path("files").asLong()).isEqualTo(1);
    assertThat(backup.event("backup").path("leftOut").asLong()).isEqualTo(1);
    AgentResult shown = agent.run("policy");
    assertThat(shown.out()).contains("~/Documents (policy for you)", "(as built in)");

    put(company, scope, 1, Map.of("minAgentVersion", "99"));
    AgentResult refused = agent.run("backup", "--json", docs.toString());
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(AgentResult.REFUSED);
    assertThat(refused.event("error").path("message").asText()).contains("version 99");
    AgentResult restored =
        agent.run("restore", "--json", "--target", temp.resolve("back").toString());
    assertThat(restored.exitCode()).as("%s", restored).isEqualTo(AgentResult.DONE);
  }

  private static void put(
      TestCompany company, String scope, long replaces, Map<String, Object> values)
      throws Exception {
    ApiReply made =
        company.admin().json("PUT", scope, Map.of("replaces", replaces, "values", values));
    assertThat(made.status()).as("%s", made).isEqualTo(200);
  }
}
