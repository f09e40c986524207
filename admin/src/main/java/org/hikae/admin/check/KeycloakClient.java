package org.hikae.admin.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.hikae.admin.port.WebClient;

/** A realm of Keycloak: its addresses and the grants that the doctor tries. */
final class KeycloakClient {

  private static final String MASTER = "/realms/master";

  private final WebClient web;
  private final String realm;

  /** The realm at this address. */
  KeycloakClient(WebClient web, String realm) {
    this.web = web;
    this.realm = realm;
  }

  /** A client's try at a token. */
  record Grant(int status, String error, String token) {
    boolean granted() {
      return !token.isEmpty();
    }

    @Override
    public String toString() {
      return "Grant(" + status + ", " + error + ")";
    }
  }

  /** What it says about itself. */
  WebClient.WebReply discovery() throws IOException {
    return web.get(URI.create(realm + "/.well-known/openid-configuration"), "");
  }

  /** The client's own token. */
  Grant byClient(String client, String secret) throws IOException {
    return grant(
        realm,
        Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret));
  }

  /** A token for a person by name and password, as no client of the realm may have one. */
  Grant byPassword(String client, String secret, String user, String password) throws IOException {
    return grant(realm, passwordForm(client, secret, user, password));
  }

  /** A token of an administrator in the realm master. */
  Grant ofMaster(String user, String password) throws IOException {
    return grant(base() + MASTER, passwordForm("admin-cli", "", user, password));
  }

  /** Reads below the realm's administration. */
  WebClient.WebReply admin(String token, String path) throws IOException {
    String name = realm.substring(realm.lastIndexOf('/') + 1);
    return web.get(URI.create(base() + "/admin/realms/" + name + path), token);
  }

  private String base() throws IOException {
    int realms = realm.lastIndexOf("/realms/");
    if (realms < 0) {
      throw new IOException("there is no /realms/ in " + realm);
    }
    return realm.substring(0, realms);
  }

  private static Map<String, String> passwordForm(
      String client, String secret, String user, String password) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "password");
    form.put("client_id", client);
    form.put("username", user);
    form.put("password", password);
    if (!secret.isEmpty()) {
      form.put("client_secret", secret);
    }
    return form;
  }

  private Grant grant(String where, Map<String, String> form) throws IOException {
    WebClient.WebReply reply = web.post(URI.create(where + "/protocol/openid-connect/token"), form);
    JsonNode json = ResponseJson.object(reply.text());
    return new Grant(
        reply.status(), json.path("error").asText(""), json.path("access_token").asText(""));
  }
}
