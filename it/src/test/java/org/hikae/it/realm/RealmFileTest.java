package org.hikae.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.hikae.identity.wire.RealmNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads keycloak-realm/*.json as Keycloak would get it. */
class RealmFileTest {

  private static final Path FOLDER = Path.of("..", "keycloak-realm");

  private static JsonNode realm;
  private static JsonNode demo;

  @BeforeAll
  static void read() throws IOException {
    ObjectMapper json = new ObjectMapper();
    realm = json.readTree(FOLDER.resolve("hikae-realm.json").toFile());
    demo = json.readTree(FOLDER.resolve("demo-users.json").toFile());
  }

  @Test
  void roles_are_the_constants_and_everybody_is_an_employee() {
    assertThat(texts(realm.at("/roles/realm"), "name"))
        .containsExactlyInAnyOrder(
            RealmNames.EMPLOYEE,
            RealmNames.BACKUP_ADMIN,
            RealmNames.HELPDESK,
            RealmNames.AUDITOR,
            "offline_access",
            "default-roles-hikae");
    JsonNode byDefault = named(realm.at("/roles/realm"), "name", "default-roles-hikae");
    assertThat(strings(byDefault.at("/composites/realm")))
        .containsExactlyInAnyOrder(RealmNames.EMPLOYEE, "offline_access");
    assertThat(realm.at("/defaultRole/name").asText()).isEqualTo("default-roles-hikae");
  }

  @Test
  void the_sign_on_has_the_portals_colours_and_both_languages() throws IOException {
    assertThat(realm.get("loginTheme").asText()).isEqualTo("hikae");
    assertThat(strings(realm.get("supportedLocales"))).containsExactlyInAnyOrder("en", "ja");
    Path theme = FOLDER.resolve("theme/hikae/login");
    Path portal = Path.of("..", "web/portal/src/main/webapp/resources/hikae");
    assertThat(theme.resolve("resources/css/tokens.css"))
        .hasSameTextualContentAs(portal.resolve("tokens.css"));
    assertThat(theme.resolve("resources/img/mark.svg"))
        .hasSameTextualContentAs(portal.resolve("mark.svg"));
    assertThat(texts(theme.resolve("messages/messages_ja.properties")).stringPropertyNames())
        .isEqualTo(texts(theme.resolve("messages/messages_en.properties")).stringPropertyNames());
  }

  private static Properties texts(Path file) throws IOException {
    Properties texts = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      texts.load(in);
    }
    return texts;
  }

  @Test
  void clients_are_the_constants() {
    assertThat(texts(realm.get("clients"), "clientId"))
        .containsExactlyInAnyOrder(
            RealmNames.PORTAL_CLIENT,
            RealmNames.AGENT_CLIENT,
            RealmNames.API_AUDIENCE,
            RealmNames.VAULT_AUDIENCE,
            RealmNames.DIRECTORY_CLIENT,
            RealmNames.SESSIONS_CLIENT,
            "admin-cli");
  }

  @Test
  void no_client_takes_a_password_or_answers_with_a_token_in_the_url() {
    for (JsonNode client : realm.get("clients")) {
      assertThat(client.get("directAccessGrantsEnabled").asBoolean(true))
          .as(client.get("clientId").asText())
          .isFalse();
      assertThat(client.get("implicitFlowEnabled").asBoolean(true))
          .as(client.get("clientId").asText())
          .isFalse();
    }
    assertThat(client("admin-cli").get("enabled").asBoolean(true)).isFalse();
  }

  @Test
  void whoever_uses_a_browser_flow_must_use_pkce() {
    for (JsonNode client : realm.get("clients")) {
      if (client.get("standardFlowEnabled").asBoolean() || deviceGrant(client)) {
        assertThat(client.at("/attributes/pkce.code.challenge.method").asText())
            .as(client.get("clientId").asText())
            .isEqualTo("S256");
      }
    }
    assertThat(client(RealmNames.PORTAL_CLIENT).get("publicClient").asBoolean()).isFalse();
  }

  @Test
  void only_the_agent_has_the_device_grant_and_it_redirects_to_its_own_machine_only() {
    for (JsonNode client : realm.get("clients")) {
      assertThat(deviceGrant(client))
          .isEqualTo(client.get("clientId").asText().equals(RealmNames.AGENT_CLIENT));
    }
    assertThat(strings(client(RealmNames.AGENT_CLIENT).get("redirectUris")))
        .isNotEmpty()
        .allMatch(uri -> uri.matches("http://127\\.0\\.0\\.1(/|:)\\*"));
  }

  @Test
  void audiences_sign_nobody_in() {
    for (String audience : List.of(RealmNames.API_AUDIENCE, RealmNames.VAULT_AUDIENCE)) {
      JsonNode client = client(audience);
      assertThat(client.get("bearerOnly").asBoolean()).isTrue();
      assertThat(client.get("standardFlowEnabled").asBoolean()).isFalse();
      assertThat(client.get("serviceAccountsEnabled").asBoolean()).isFalse();
    }
  }

  @Test
  void tokens_name_who_may_take_them() {
    assertThat(audiences(RealmNames.AGENT_CLIENT))
        .containsExactlyInAnyOrder(RealmNames.API_AUDIENCE, RealmNames.VAULT_AUDIENCE);
    assertThat(audiences(RealmNames.PORTAL_CLIENT))
        .containsExactlyInAnyOrder(RealmNames.PORTAL_CLIENT, RealmNames.API_AUDIENCE);
  }

  @Test
  void a_token_of_the_agent_administers_nothing() {
    assertThat(client(RealmNames.AGENT_CLIENT).get("fullScopeAllowed").asBoolean(true)).isFalse();
    JsonNode scope = named(realm.get("scopeMappings"), "client", RealmNames.AGENT_CLIENT);
    assertThat(strings(scope.get("roles"))).containsExactly(RealmNames.EMPLOYEE);
  }

  @Test
  void service_accounts_have_what_they_need_and_are_no_employees() {
    assertThat(serviceRights(RealmNames.DIRECTORY_CLIENT))
        .containsExactlyInAnyOrder("view-users", "query-users", "query-groups", "view-events");
    assertThat(serviceRights(RealmNames.SESSIONS_CLIENT)).containsExactly("manage-users");
    assertThat(realm.get("users")).hasSize(2).allMatch(user -> !user.has("realmRoles"));
  }

  @Test
  void secrets_come_from_the_environment_and_have_no_default() {
    for (String id :
        List.of(
            RealmNames.PORTAL_CLIENT, RealmNames.DIRECTORY_CLIENT, RealmNames.SESSIONS_CLIENT)) {
      assertThat(client(id).get("secret").asText()).matches("\\$\\{HIKAE_[A-Z]+_SECRET}");
    }
    for (JsonNode user : demo.get("users")) {
      assertThat(user.at("/credentials/0/value").asText()).isEqualTo("${HIKAE_DEMO_PASSWORD}");
    }
  }

  @Test
  void demo_people_have_known_roles_and_departments() {
    List<String> roles = texts(realm.at("/roles/realm"), "name");
    List<String> departments =
        texts(realm.get("groups"), "name").stream().map(name -> "/" + name).toList();
    for (JsonNode user : demo.get("users")) {
      assertThat(roles).containsAll(strings(user.get("realmRoles")));
      assertThat(departments).containsAll(strings(user.get("groups")));
    }
  }

  @Test
  void what_one_demo_admin_asks_for_another_can_approve() {
    List<String> admins = new ArrayList<>();
    for (JsonNode user : demo.get("users")) {
      if (strings(user.get("realmRoles")).contains(RealmNames.BACKUP_ADMIN)) {
        admins.add(user.get("username").asText());
      }
    }
    assertThat(admins).containsExactly("admin", "admin2");
  }

  @Test
  void the_realm_defends_itself() {
    assertThat(realm.get("bruteForceProtected").asBoolean()).isTrue();
    assertThat(realm.get("sslRequired").asText()).isEqualTo("external");
    assertThat(realm.get("registrationAllowed").asBoolean(true)).isFalse();
    assertThat(realm.get("accessTokenLifespan").asInt()).isEqualTo(300);
    assertThat(realm.get("eventsEnabled").asBoolean()).isTrue();
    assertThat(realm.get("adminEventsEnabled").asBoolean()).isTrue();
    assertThat(realm.get("passwordPolicy").asText()).contains("length(12)");
    assertThat(strings(realm.get("supportedLocales"))).containsExactly("en", "ja");
  }

  /** The portal takes plain tokens only, and each refresh token has to stay good beside others. */
  @Test
  void who_wants_a_bound_token_asks_for_it_and_nobody_must() {
    for (JsonNode client : realm.get("clients")) {
      assertThat(client.at("/attributes/dpop.bound.access.tokens").asBoolean(false))
          .as(client.get("clientId").asText())
          .isFalse();
    }
    assertThat(realm.get("revokeRefreshToken").asBoolean(true)).isFalse();
  }

  private static JsonNode client(String id) {
    return named(realm.get("clients"), "clientId", id);
  }

  private static boolean deviceGrant(JsonNode client) {
    return client.at("/attributes/oauth2.device.authorization.grant.enabled").asBoolean(false);
  }

  private static List<String> audiences(String id) {
    List<String> found = new ArrayList<>();
    for (JsonNode mapper : client(id).get("protocolMappers")) {
      if (mapper.get("protocolMapper").asText().equals("oidc-audience-mapper")) {
        found.add(mapper.at("/config/included.client.audience").asText());
      }
    }
    return found;
  }

  private static List<String> serviceRights(String id) {
    JsonNode user = named(realm.get("users"), "serviceAccountClientId", id);
    return strings(user.at("/clientRoles/realm-management"));
  }

  private static JsonNode named(JsonNode array, String field, String value) {
    for (JsonNode element : array) {
      if (element.path(field).asText().equals(value)) {
        return element;
      }
    }
    throw new AssertionError("nothing with " + field + " " + value);
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> found = new ArrayList<>();
    array.forEach(element -> found.add(element.get(field).asText()));
    return found;
  }

  private static List<String> strings(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(element -> found.add(element.asText()));
    return found;
  }
}
