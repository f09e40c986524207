package org.hikae.admin.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.port.PortalSettings;
import org.junit.jupiter.api.Test;

/** What the portal says of itself, and what Keycloak says of the portal's clients. */
class PortalAndServiceAccountCheckTest {

  private static final URI PORTAL = URI.create("https://backup.example.org");
  private static final String READY = PORTAL + "/api/health/ready";
  private static final String REALM = "https://sso.example.org/realms/hikae";
  private static final String ADMIN = "https://sso.example.org/admin/realms/hikae";
  private static final String TOKEN = "{\"access_token\":\"T\"}";
  private static final Map<String, String> SECRETS =
      Map.of("HIKAE_OIDC_PROVIDER_URL", REALM, "HIKAE_DIRECTORY_SECRET", "d");

  private final FakeWebClient web = new FakeWebClient();

  @Test
  void a_portal_serves_or_says_what_is_down_or_is_silent() {
    PortalCheck check = new PortalCheck(web, PORTAL);
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.PORTAL_SILENT, PORTAL, "ConnectException"));
    web.answers(READY, 200, "{\"ready\":true,\"database\":\"UP\",\"vault\":\"UP\"}");
    assertThat(check.look()).containsExactly(DoctorFinding.of(FindingCode.PORTAL_OK, PORTAL));
    web.answers(READY, 503, "{\"ready\":false,\"database\":\"UP\",\"vault\":\"DOWN\"}");
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.PORTAL_UNREADY, "UP", "DOWN"));
    web.answers(READY, 404, "<html>not here</html>");
    assertThat(check.look())
        .containsExactly(DoctorFinding.of(FindingCode.PORTAL_SILENT, PORTAL, "status 404"));
  }

  @Test
  void clients_with_the_right_secrets_and_rights_are_in_order() {
    web.grants(REALM, "hikae-portal", "password", 400, "{\"error\":\"unauthorized_client\"}")
        .grants(REALM, "hikae-directory", "client_credentials", 200, TOKEN)
        .answers(ADMIN + "/users?max=1 T", 200, "[]")
        .answers(ADMIN + "/groups?max=1 T", 200, "[]");
    assertThat(new ServiceAccountCheck(web, new PortalSettings(SECRETS)).look())
        .containsExactly(
            DoctorFinding.of(FindingCode.ACCOUNT_OK, "hikae-portal"),
            DoctorFinding.of(FindingCode.ACCOUNT_OK, "hikae-directory"),
            DoctorFinding.of(FindingCode.ACCOUNT_NONE, "hikae-sessions"));
  }

  @Test
  void wrong_secrets_and_missing_rights_are_named() {
    web.grants(REALM, "hikae-portal", "password", 401, "{\"error\":\"unauthorized_client\"}")
        .grants(REALM, "hikae-directory", "client_credentials", 200, TOKEN)
        .answers(ADMIN + "/users?max=1 T", 200, "[]")
        .answers(ADMIN + "/groups?max=1 T", 403, "{}");
    PortalSettings settings =
        new PortalSettings(Map.of("HIKAE_OIDC_PROVIDER_URL", REALM, "HIKAE_SESSIONS_SECRET", "s"));
    assertThat(new ServiceAccountCheck(web, settings).look())
        .containsExactly(
            DoctorFinding.of(FindingCode.ACCOUNT_REFUSED, "hikae-portal", "HIKAE_PORTAL_SECRET"),
            DoctorFinding.of(FindingCode.ACCOUNT_RIGHTS, "hikae-directory", "/groups", 403),
            DoctorFinding.of(FindingCode.ACCOUNT_SILENT, "hikae-sessions", "ConnectException"));
    web.grants(REALM, "hikae-sessions", "client_credentials", 401, "{}");
    web.grants(REALM, "hikae-portal", "password", 401, "{\"error\":\"invalid_grant\"}");
    assertThat(new ServiceAccountCheck(web, settings).look())
        .contains(
            DoctorFinding.of(FindingCode.REALM_GRANT, "hikae-portal"),
            DoctorFinding.of(
                FindingCode.ACCOUNT_REFUSED, "hikae-sessions", "HIKAE_SESSIONS_SECRET"));
  }
}
