package org.hikae.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.stack.KeycloakServer;

/**
 * Makes accounts in Keycloak, each with a name of its own, so that no test meets another's data.
 */
public final class TestAccounts {

  private final KeycloakServer keycloak;

  /** People of this Keycloak. */
  public TestAccounts(KeycloakServer keycloak) {
    this.keycloak = keycloak;
  }

  /** Lets devices ask each second instead of every five whether their sign-in was approved. */
  public void hurryDeviceGrants() throws IOException, InterruptedException {
    // Two companies of one Keycloak may be founded at once.
    synchronized (keycloak) {
      JsonNode client = keycloak.admin("GET", "/clients?clientId=hikae-agent", Map.of()).get(0);
      ((ObjectNode) client.get("attributes")).put("oauth2.device.polling.interval", "1");
      keycloak.admin("PUT", "/clients/" + client.get("id").asText(), client);
    }
  }

  /** Makes a department unless it is there. */
  public void department(String name) throws IOException, InterruptedException {
    synchronized (keycloak) {
      if (keycloak
          .admin("GET", "/groups?exact=true&search=" + KeycloakFormClient.encoded(name), Map.of())
          .isEmpty()) {
        keycloak.admin("POST", "/groups", Map.of("name", name));
      }
    }
  }

  /**
   * Makes the group whose members administer one department only, unless it is there.
   *
   * @return its path
   */
  public String scope(String departmentName) throws IOException, InterruptedException {
    synchronized (keycloak) {
      String root = RealmNames.SCOPE_GROUP.substring(1);
      department(root);
      String parent =
          keycloak
              .admin(
                  "GET", "/groups?exact=true&search=" + KeycloakFormClient.encoded(root), Map.of())
              .get(0)
              .get("id")
              .asText();
      String children = "/groups/" + parent + "/children";
      boolean there = false;
      for (JsonNode child : keycloak.admin("GET", children + "?max=1000", Map.of())) {
        there |= child.path("name").asText().equals(departmentName);
      }
      if (!there) {
        keycloak.admin("POST", children, Map.of("name", departmentName));
      }
    }
    return RealmNames.SCOPE_GROUP + "/" + departmentName;
  }

  /** Somebody with a role of the administration in one department only. */
  public TestAccount staffOf(String departmentName, String role)
      throws IOException, InterruptedException {
    String scope = scope(departmentName);
    TestAccount testAccount = employeeCalled("Staff", role, List.of(scope));
    grant(testAccount, role);
    return testAccount;
  }

  /** An account as a company makes them: in a department, with the default role. */
  public TestAccount employee(String group) throws IOException, InterruptedException {
    return employeeNamed(unused(), group);
  }

  private static String unused() {
    return "person-" + UUID.randomUUID().toString().substring(0, 13);
  }

  /** The same with a name that the person has chosen, in several departments. */
  public TestAccount employeeCalled(String given, String family, List<String> groups)
      throws IOException, InterruptedException {
    return make(unused(), given, family, groups);
  }

  /** The same with a name of the test's choice. */
  public TestAccount employeeNamed(String username, String group)
      throws IOException, InterruptedException {
    return make(username, "Test", username, List.of(group));
  }

  private TestAccount make(String username, String given, String family, List<String> groups)
      throws IOException, InterruptedException {
    keycloak.admin(
        "POST",
        "/users",
        Map.of(
            "username",
            username,
            "enabled",
            true,
            "email",
            username + "@example.com",
            "emailVerified",
            true,
            "firstName",
            given,
            "lastName",
            family,
            "groups",
            groups,
            "credentials",
            List.of(
                Map.of(
                    "type",
                    "password",
                    "value",
                    KeycloakServer.DEMO_PASSWORD,
                    "temporary",
                    false))));
    return named(username);
  }

  /** An account that exists already, such as one of the demo people. */
  public TestAccount named(String username) throws IOException, InterruptedException {
    JsonNode found = keycloak.admin("GET", "/users?exact=true&username=" + username, Map.of());
    return new TestAccount(found.get(0).get("id").asText(), username, KeycloakServer.DEMO_PASSWORD);
  }

  /** Takes every role away, the default one too. */
  public TestAccount nobody(String group) throws IOException, InterruptedException {
    TestAccount testAccount = employee(group);
    JsonNode roles =
        keycloak.admin("GET", "/users/" + testAccount.id() + "/role-mappings/realm", Map.of());
    keycloak.admin("DELETE", "/users/" + testAccount.id() + "/role-mappings/realm", roles);
    return testAccount;
  }

  /** Gives a realm role. */
  public void grant(TestAccount testAccount, String role) throws IOException, InterruptedException {
    keycloak.admin(
        "POST",
        "/users/" + testAccount.id() + "/role-mappings/realm",
        List.of(keycloak.admin("GET", "/roles/" + role, Map.of())));
  }

  /** Takes a realm role away. */
  public void deprive(TestAccount testAccount, String role)
      throws IOException, InterruptedException {
    keycloak.admin(
        "DELETE",
        "/users/" + testAccount.id() + "/role-mappings/realm",
        List.of(keycloak.admin("GET", "/roles/" + role, Map.of())));
  }

  /** Disables or enables the account. */
  public void setEnabled(TestAccount testAccount, boolean enabled)
      throws IOException, InterruptedException {
    keycloak.admin("PUT", "/users/" + testAccount.id(), Map.of("enabled", enabled));
  }

  /** Deletes the account. */
  public void delete(TestAccount testAccount) throws IOException, InterruptedException {
    keycloak.admin("DELETE", "/users/" + testAccount.id(), Map.of());
  }

  /** Makes a program of the company's own, with one role. */
  public void program(String clientId, String secret, String role)
      throws IOException, InterruptedException {
    keycloak.admin(
        "POST",
        "/clients",
        Map.ofEntries(
            Map.entry("clientId", clientId),
            Map.entry("secret", secret),
            Map.entry("publicClient", false),
            Map.entry("standardFlowEnabled", false),
            Map.entry("directAccessGrantsEnabled", false),
            Map.entry("serviceAccountsEnabled", true),
            Map.entry("fullScopeAllowed", true),
            Map.entry(
                "protocolMappers",
                List.of(
                    Map.of(
                        "name", "audience",
                        "protocol", "openid-connect",
                        "protocolMapper", "oidc-audience-mapper",
                        "config",
                            Map.of(
                                "included.custom.audience",
                                RealmNames.API_AUDIENCE,
                                "access.token.claim",
                                "true"))))));
    JsonNode client = keycloak.admin("GET", "/clients?clientId=" + clientId, Map.of()).get(0);
    JsonNode account =
        keycloak.admin(
            "GET", "/clients/" + client.get("id").asText() + "/service-account-user", Map.of());
    keycloak.admin(
        "POST",
        "/users/" + account.get("id").asText() + "/role-mappings/realm",
        List.of(keycloak.admin("GET", "/roles/" + role, Map.of())));
  }
}
