package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.hikae.admin.check.RealmCheck.Administrator;
import org.hikae.admin.check.RealmCheck.Expected;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The realm is looked at without rights, and compared with the shipped one by an administrator. */
class RealmCheckTest {

  private static final String REALM = "https://sso.example.org/realms/hikae";
  private static final String MASTER = "https://sso.example.org/realms/master";
  private static final String ADMIN = "https://sso.example.org/admin/realms/hikae";
  private static final Expected EXPECTED = new Expected(REALM, "https://backup.example.org", true);
  private static final Administrator SOMEBODY = new Administrator("admin", "secret");

  private final FakeWebClient web = new FakeWebClient();
  private ObjectNode shipped;

  @BeforeEach
  void a_realm_as_shipped() throws Exception {
    try (InputStream in = RealmCheck.class.getResourceAsStream("hikae-realm.json")) {
      shipped =
          (ObjectNode)
              ResponseJson.object(
                  new String(in.readAllBytes(), StandardCharsets.UTF_8)
                      .replace("${HIKAE_PORTAL_URL:https://localhost:8543}", EXPECTED.portalUrl()));
    }
    web.answers(REALM + "/.well-known/openid-configuration", 200, issuer(REALM))
        .grants(REALM, "hikae-agent", "password", 400, error("unauthorized_client"))
        .grants(REALM, "admin-cli", "password", 401, error("invalid_client"))
        .grants(MASTER, "admin-cli", "password", 200, "{\"access_token\":\"T\"}")
        .answers(ADMIN + " T", 200, shipped.toString())
        .answers(ADMIN + "/roles?max=1000 T", 200, shipped.path("roles").path("realm").toString());
  }

  @Test
  void a_realm_as_shipped_is_in_order() throws Exception {
    assertThat(compared(realm -> {}))
        .containsExactly(
            DoctorFinding.of(FindingCode.REALM_OK, REALM),
            DoctorFinding.of(FindingCode.REALM_SAME, REALM));
    assertThat(new RealmCheck(web, EXPECTED, null).look())
        .containsExactly(
            DoctorFinding.of(FindingCode.REALM_OK, REALM),
            DoctorFinding.of(FindingCode.REALM_HIDDEN));
  }

  @Test
  void silence_another_issuer_and_an_open_grant_are_named() throws Exception {
    assertThat(new RealmCheck(new FakeWebClient(), EXPECTED, null).look())
        .containsExactly(DoctorFinding.of(FindingCode.REALM_SILENT, REALM, "ConnectException"));
    web.answers(
        REALM + "/.well-known/openid-configuration", 200, issuer("http://sso:8080/realms/hikae"));
    web.grants(REALM, "hikae-agent", "password", 401, error("invalid_grant"));
    assertThat(new RealmCheck(web, EXPECTED, null).look())
        .extracting(DoctorFinding::code)
        .containsExactly(
            FindingCode.REALM_ISSUER, FindingCode.REALM_GRANT, FindingCode.REALM_HIDDEN);
    web.answers(REALM + "/.well-known/openid-configuration", 404, "{}");
    assertThat(new RealmCheck(web, EXPECTED, null).look())
        .containsExactly(DoctorFinding.of(FindingCode.REALM_SILENT, REALM, "status 404"));
  }

  @Test
  void a_missing_agent_client_is_seen_without_any_right() throws Exception {
    web.grants(REALM, "hikae-agent", "password", 401, error("invalid_client"));
    assertThat(new RealmCheck(web, EXPECTED, null).look())
        .contains(DoctorFinding.of(FindingCode.REALM_CLIENT, "hikae-agent"));
  }

  @ParameterizedTest
  @CsvSource({
    "hikae-agent,directAccessGrantsEnabled,true,false",
    "hikae-portal,implicitFlowEnabled,true,false",
    "hikae-portal,publicClient,true,false",
    "hikae-directory,serviceAccountsEnabled,false,true",
    "hikae-agent,fullScopeAllowed,true,false",
    "hikae-vault,enabled,false,true",
    "admin-cli,enabled,true,false"
  })
  void a_switch_that_is_not_as_shipped_is_named(
      String client, String name, boolean is, boolean should) throws Exception {
    assertThat(compared(realm -> client(realm, client).put(name, is)))
        .contains(DoctorFinding.of(FindingCode.REALM_DIFFERS, client, name, is, should));
  }

  @Test
  void a_missing_client_role_audience_or_address_is_named() throws Exception {
    assertThat(
            compared(
                realm -> {
                  ObjectNode agent = client(realm, "hikae-agent");
                  ((ArrayNode) agent.get("protocolMappers")).remove(1);
                  ((ObjectNode) agent.get("attributes")).remove("pkce.code.challenge.method");
                  ObjectNode portal = client(realm, "hikae-portal");
                  portal.putArray("redirectUris").add("https://elsewhere.example.org/*");
                  remove((ArrayNode) realm.get("clients"), "hikae-sessions");
                  remove((ArrayNode) realm.get("clients"), "admin-cli");
                }))
        .contains(
            DoctorFinding.of(FindingCode.REALM_AUDIENCE, "hikae-agent", "hikae-vault"),
            DoctorFinding.of(
                FindingCode.REALM_DIFFERS, "hikae-agent", "pkce.code.challenge.method", "", "S256"),
            DoctorFinding.of(FindingCode.REALM_REDIRECT, "hikae-portal", EXPECTED.portalUrl()),
            DoctorFinding.of(FindingCode.REALM_CLIENT, "hikae-sessions"))
        .doesNotContain(DoctorFinding.of(FindingCode.REALM_CLIENT, "admin-cli"));
    web.answers(ADMIN + "/roles?max=1000 T", 200, "[{\"name\":\"employee\"}]");
    assertThat(new RealmCheck(web, EXPECTED, SOMEBODY).look())
        .contains(
            DoctorFinding.of(FindingCode.REALM_ROLE, "auditor"),
            DoctorFinding.of(FindingCode.REALM_ROLE, "backup-admin"),
            DoctorFinding.of(FindingCode.REALM_ROLE, "helpdesk"));
  }

  @Test
  void an_administrator_who_is_refused_is_told() throws Exception {
    web.grants(MASTER, "admin-cli", "password", 401, error("invalid_grant"));
    assertThat(compared(realm -> {}))
        .contains(DoctorFinding.of(FindingCode.REALM_LOGIN, "status 401"));
    web.grants(MASTER, "admin-cli", "password", 200, "{\"access_token\":\"T\"}");
    web.answers(ADMIN + "/roles?max=1000 T", 403, "{}");
    assertThat(compared(realm -> {}))
        .contains(DoctorFinding.of(FindingCode.REALM_LOGIN, "status 403"));
  }

  @Test
  void what_keeps_tokens_from_being_bound_to_devices_is_named() throws Exception {
    web.answers(ADMIN + " T", 200, "{\"revokeRefreshToken\":true}");
    assertThat(compared(realm -> attributes(realm).put("dpop.bound.access.tokens", "true")))
        .contains(
            DoctorFinding.of(FindingCode.REALM_EXCHANGES, REALM),
            DoctorFinding.of(
                FindingCode.REALM_DIFFERS, "hikae-agent", "dpop.bound.access.tokens", true, false));
    for (String proofs : List.of("", ",\"dpop_signing_alg_values_supported\":[\"RS256\"]")) {
      web.answers(
          REALM + "/.well-known/openid-configuration",
          200,
          "{\"issuer\":\"" + REALM + "\"" + proofs + "}");
      assertThat(new RealmCheck(web, EXPECTED, null).look())
          .contains(DoctorFinding.of(FindingCode.REALM_UNBOUND, REALM));
    }
  }

  private static ObjectNode attributes(JsonNode realm) {
    return (ObjectNode) client(realm, "hikae-agent").get("attributes");
  }

  private List<DoctorFinding> compared(Consumer<ObjectNode> change) throws Exception {
    ObjectNode realm = shipped.deepCopy();
    change.accept(realm);
    web.answers(ADMIN + "/clients?max=1000 T", 200, realm.path("clients").toString());
    return new RealmCheck(web, EXPECTED, SOMEBODY).look();
  }

  private static ObjectNode client(JsonNode realm, String id) {
    for (JsonNode client : realm.path("clients")) {
      if (client.path("clientId").asText().equals(id)) {
        return (ObjectNode) client;
      }
    }
    throw new AssertionError(id);
  }

  private static void remove(ArrayNode clients, String id) {
    for (int i = 0; i < clients.size(); i++) {
      if (clients.get(i).path("clientId").asText().equals(id)) {
        clients.remove(i);
        return;
      }
    }
  }

  private static String issuer(String issuer) {
    return "{\"issuer\":\""
        + issuer
        + "\",\"dpop_signing_alg_values_supported\":[\"RS256\",\"ES256\"]}";
  }

  private static String error(String error) {
    return "{\"error\":\"" + error + "\"}";
  }
}
