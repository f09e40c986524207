package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.Web;
import org.hikae.identity.wire.Realm;
import org.jspecify.annotations.Nullable;

/**
 * Whether the realm is the one that was set, and safe: without any right it sees the issuer and
 * whether a client takes passwords; as an administrator of Keycloak it compares clients, audiences
 * and roles with the realm that ships.
 */
public final class RealmCheck implements Check {

  /** Nobody's; Keycloak refuses before it looks for the person where the grant is off. */
  private static final String NOBODY = "hikae-doctor-nobody";

  private static final List<String> OPEN_CLIENTS = List.of(Realm.AGENT_CLIENT, "admin-cli");
  private static final String GRANT_TAKEN = "invalid_grant";
  private static final int UNAUTHORISED = 401;

  private final Keycloak keycloak;
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
  public RealmCheck(Web web, Expected expected, @Nullable Administrator administrator) {
    this.keycloak = new Keycloak(web, expected.realm());
    this.realm = expected.realm();
    this.comparison = new RealmComparison(expected);
    this.administrator = administrator;
  }

  @Override
  public String name() {
    return "realm";
  }

  @Override
  public List<Finding> look() throws IOException {
    JsonNode about;
    try {
      Web.Reply reply = keycloak.discovery();
      if (reply.status() != 200) {
        return List.of(Finding.of(Code.REALM_SILENT, realm, "status " + reply.status()));
      }
      about = Json.object(reply.text());
    } catch (IOException e) {
      return List.of(Finding.of(Code.REALM_SILENT, realm, Words.of(e)));
    }
    List<Finding> findings = new ArrayList<>();
    String issuer = about.path("issuer").asText("");
    if (!issuer.equals(realm)) {
      findings.add(Finding.of(Code.REALM_ISSUER, issuer, realm));
    }
    for (String client : OPEN_CLIENTS) {
      tryPassword(client).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      findings.add(Finding.of(Code.REALM_OK, realm));
    }
    if (!bindsTokens(about)) {
      findings.add(Finding.of(Code.REALM_UNBOUND, realm));
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

  private Optional<Finding> tryPassword(String client) throws IOException {
    Keycloak.Grant grant = keycloak.byPassword(client, "", NOBODY, NOBODY);
    if (grant.granted() || grant.error().equals(GRANT_TAKEN)) {
      return Optional.of(Finding.of(Code.REALM_GRANT, client));
    }
    boolean missing = grant.status() == UNAUTHORISED && client.equals(Realm.AGENT_CLIENT);
    return missing ? Optional.of(Finding.of(Code.REALM_CLIENT, client)) : Optional.empty();
  }

  private List<Finding> compare() throws IOException {
    if (administrator == null) {
      return List.of(Finding.of(Code.REALM_HIDDEN));
    }
    Keycloak.Grant grant = keycloak.ofMaster(administrator.user(), administrator.password());
    if (!grant.granted()) {
      return List.of(Finding.of(Code.REALM_LOGIN, "status " + grant.status()));
    }
    Web.Reply clients = keycloak.admin(grant.token(), "/clients?max=1000");
    Web.Reply roles = keycloak.admin(grant.token(), "/roles?max=1000");
    Web.Reply itself = keycloak.admin(grant.token(), "");
    for (Web.Reply reply : List.of(clients, roles, itself)) {
      if (reply.status() != 200) {
        return List.of(Finding.of(Code.REALM_LOGIN, "status " + reply.status()));
      }
    }
    JsonNode realClients = Json.object(clients.text());
    List<Finding> differences =
        new ArrayList<>(comparison.of(realClients, Json.object(roles.text())));
    if (Json.object(itself.text()).path("revokeRefreshToken").asBoolean()) {
      differences.add(Finding.of(Code.REALM_EXCHANGES, realm));
    }
    return differences.isEmpty() ? List.of(Finding.of(Code.REALM_SAME, realm)) : differences;
  }
}
