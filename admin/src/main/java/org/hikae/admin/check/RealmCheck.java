package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.admin.doctor.DoctorFinding;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.doctor.FindingCode;
import org.hikae.admin.doctor.InstallationCheck;
import org.hikae.admin.port.WebClient;
import org.hikae.identity.wire.RealmNames;
import org.jspecify.annotations.Nullable;

/**
 * Whether the realm is the one that was set, and safe: without any right it sees the issuer and
 * whether a client takes passwords; as an administrator of Keycloak it compares clients, audiences
 * and roles with the realm that ships.
 */
public final class RealmCheck implements InstallationCheck {

  /** Nobody's; Keycloak refuses before it looks for the person where the grant is off. */
  private static final String NOBODY = "hikae-doctor-nobody";

  private static final List<String> OPEN_CLIENTS = List.of(RealmNames.AGENT_CLIENT, "admin-cli");
  private static final String GRANT_TAKEN = "invalid_grant";
  private static final int UNAUTHORISED = 401;

  private final KeycloakClient keycloak;
  private final String realm;
  private final RealmComparison comparison;
  private final @Nullable Administrator administrator;

  /**
   * An administrator of Keycloak's realm master.
   *
   * @param user name
   * @param password of it
   */
  public record Administrator(String user, String password) {
    @Override
    public String toString() {
      return "Administrator(" + user + ")";
    }
  }

  /** What the portal relies on. */
  public record Expected(String realm, String portalUrl, boolean endsSessions) {}

  /** Looks at the realm, with an administrator's eyes when there is one. */
  public RealmCheck(WebClient web, Expected expected, @Nullable Administrator administrator) {
    this.keycloak = new KeycloakClient(web, expected.realm());
    this.realm = expected.realm();
    this.comparison = new RealmComparison(expected);
    this.administrator = administrator;
  }

  @Override
  public String name() {
    return "realm";
  }

  @Override
  public List<DoctorFinding> look() throws IOException {
    JsonNode about;
    try {
      WebClient.WebReply reply = keycloak.discovery();
      if (reply.status() != 200) {
        return List.of(
            DoctorFinding.of(FindingCode.REALM_SILENT, realm, "status " + reply.status()));
      }
      about = ResponseJson.object(reply.text());
    } catch (IOException e) {
      return List.of(DoctorFinding.of(FindingCode.REALM_SILENT, realm, ExceptionText.of(e)));
    }
    List<DoctorFinding> findings = new ArrayList<>();
    String issuer = about.path("issuer").asText("");
    if (!issuer.equals(realm)) {
      findings.add(DoctorFinding.of(FindingCode.REALM_ISSUER, issuer, realm));
    }
    for (String client : OPEN_CLIENTS) {
      tryPassword(client).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      findings.add(DoctorFinding.of(FindingCode.REALM_OK, realm));
    }
    if (!bindsTokens(about)) {
      findings.add(DoctorFinding.of(FindingCode.REALM_UNBOUND, realm));
    }
    findings.addAll(compare());
    return findings;
  }

  /** Whether it takes proofs of keys like those of devices (RFC 9449, section 5.1). */
  private static boolean bindsTokens(JsonNode about) {
    for (JsonNode algorithm : about.path("dpop_signing_alg_values_supported")) {
      if (algorithm.asText().equals("ES256")) {
        return true;
      }
    }
    return false;
  }

  private Optional<DoctorFinding> tryPassword(String client) throws IOException {
    KeycloakClient.Grant grant = keycloak.byPassword(client, "", NOBODY, NOBODY);
    if (grant.granted() || grant.error().equals(GRANT_TAKEN)) {
      return Optional.of(DoctorFinding.of(FindingCode.REALM_GRANT, client));
    }
    boolean missing = grant.status() == UNAUTHORISED && client.equals(RealmNames.AGENT_CLIENT);
    return missing
        ? Optional.of(DoctorFinding.of(FindingCode.REALM_CLIENT, client))
        : Optional.empty();
  }

  private List<DoctorFinding> compare() throws IOException {
    if (administrator == null) {
      return List.of(DoctorFinding.of(FindingCode.REALM_HIDDEN));
    }
    KeycloakClient.Grant grant = keycloak.ofMaster(administrator.user(), administrator.password());
    if (!grant.granted()) {
      return List.of(DoctorFinding.of(FindingCode.REALM_LOGIN, "status " + grant.status()));
    }
    WebClient.WebReply clients = keycloak.admin(grant.token(), "/clients?max=1000");
    WebClient.WebReply roles = keycloak.admin(grant.token(), "/roles?max=1000");
    WebClient.WebReply itself = keycloak.admin(grant.token(), "");
    for (WebClient.WebReply reply : List.of(clients, roles, itself)) {
      if (reply.status() != 200) {
        return List.of(DoctorFinding.of(FindingCode.REALM_LOGIN, "status " + reply.status()));
      }
    }
    JsonNode realClients = ResponseJson.object(clients.text());
    List<DoctorFinding> differences =
        new ArrayList<>(comparison.of(realClients, ResponseJson.object(roles.text())));
    if (ResponseJson.object(itself.text()).path("revokeRefreshToken").asBoolean()) {
      differences.add(DoctorFinding.of(FindingCode.REALM_EXCHANGES, realm));
    }
    return differences.isEmpty()
        ? List.of(DoctorFinding.of(FindingCode.REALM_SAME, realm))
        : differences;
  }
}
