package org.hikae.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.TextCodec;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.stack.Stack;

/** Gets access tokens the way the two clients of the realm do, with PKCE. */
public final class OidcSignIn {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String TOKENS = "/protocol/openid-connect/token";
  private static final String CALLBACK = "/callback-of-a-test";
  private static final Duration DEVICE_GRANT_LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Stack stack;

  /** Signs people in at the realm of this system. */
  public OidcSignIn(Stack stack) {
    this.stack = stack;
  }

  /** An access token of the pages' client: authorization code with PKCE. */
  public String portalToken(TestAccount testAccount) throws IOException, InterruptedException {
    return access(portalTokens(testAccount));
  }

  /** All that the pages' client gets for a code, by the names of OAuth. */
  public JsonNode portalTokens(TestAccount testAccount) throws IOException, InterruptedException {
    String redirect = stack.portalUrl() + CALLBACK;
    Map<String, String> more =
        Map.of("client_secret", stack.portalClientSecret(), "redirect_uri", redirect);
    return byCode(testAccount, RealmNames.PORTAL_CLIENT, "openid", more);
  }

  /** Signs in to the pages, and gives the cookies by which Keycloak then knows the browser. */
  Map<String, String> cookies(TestAccount testAccount) throws IOException, InterruptedException {
    KeycloakFormClient browser = new KeycloakFormClient(stack.keycloakUrl(), testAccount);
    browser.leave(
        start(RealmNames.PORTAL_CLIENT, stack.portalUrl() + CALLBACK, "openid", verifier()));
    return browser.cookies();
  }

  /** An access token of the agent's client by its loopback code flow, quicker than the grant. */
  public String agentToken(TestAccount testAccount) throws IOException, InterruptedException {
    return access(agentTokens(testAccount));
  }

  /** All that the agent's client gets for a code, by the names of OAuth. */
  public JsonNode agentTokens(TestAccount testAccount) throws IOException, InterruptedException {
    Map<String, String> more = Map.of("redirect_uri", "http://127.0.0.1:1/");
    return byCode(testAccount, RealmNames.AGENT_CLIENT, "openid", more);
  }

  /** The same, bound to a key by a proof (RFC 9449), as the agent asks for those for the vault. */
  public String agentTokenBoundTo(SigningKey key, TestAccount testAccount)
      throws IOException, InterruptedException {
    Map<String, String> more = Map.of("redirect_uri", "http://127.0.0.1:1/");
    return access(byCode(testAccount, RealmNames.AGENT_CLIENT, "openid", more, proof(key)));
  }

  private String proof(SigningKey key) {
    byte[] spki = key.publicKey().encode();
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
            + TextCodec.base64(Arrays.copyOfRange(spki, 27, 59))
            + "\",\"y\":\""
            + TextCodec.base64(Arrays.copyOfRange(spki, 59, 91))
            + "\"}}";
    String claims =
        "{\"jti\":\""
            + verifier()
            + "\",\"htm\":\"POST\",\"htu\":\""
            + stack.keycloakUrl()
            + TOKENS
            + "\",\"iat\":"
            + Instant.now().getEpochSecond()
            + "}";
    String signed = base64(header) + "." + base64(claims);
    return signed + "." + TextCodec.base64(key.signJws(signed));
  }

  private static String base64(String text) {
    return TextCodec.base64(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An access token of the agent's client by the device grant. */
  public String agentTokenByDeviceGrant(TestAccount testAccount)
      throws IOException, InterruptedException {
    String verifier = verifier();
    JsonNode granted = deviceCode(verifier);
    new KeycloakFormClient(stack.keycloakUrl(), testAccount)
        .finish(URI.create(granted.get("verification_uri_complete").asText()));
    Map<String, String> poll = new LinkedHashMap<>();
    poll.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    poll.put("client_id", RealmNames.AGENT_CLIENT);
    poll.put("device_code", granted.get("device_code").asText());
    poll.put("code_verifier", verifier);
    long deadline = System.nanoTime() + DEVICE_GRANT_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      // The grant itself prescribes to wait this long between two questions.
      Thread.sleep(Duration.ofSeconds(granted.get("interval").asLong()));
      HttpResponse<byte[]> answer = send(TOKENS, poll, "");
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body()).get("access_token").asText();
      }
    }
    throw new IOException("The device grant was not approved");
  }

  /** A code for a device, as the agent asks for one; nobody waits for its end. */
  public JsonNode deviceCode() throws IOException, InterruptedException {
    return deviceCode(verifier());
  }

  private JsonNode deviceCode(String verifier) throws IOException, InterruptedException {
    Map<String, String> ask = new LinkedHashMap<>();
    ask.put("client_id", RealmNames.AGENT_CLIENT);
    ask.put("scope", "openid offline_access");
    ask.put("code_challenge", challenge(verifier));
    ask.put("code_challenge_method", "S256");
    return post("/protocol/openid-connect/auth/device", ask);
  }

  /** A token of the realm that was never meant for this API: the directory's service account. */
  public String tokenForAnotherAudience() throws IOException, InterruptedException {
    return programToken(RealmNames.DIRECTORY_CLIENT, stack.directoryClientSecret());
  }

  /** A token that a program gets for itself. */
  public String programToken(String client, String secret)
      throws IOException, InterruptedException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", client);
    fields.put("client_secret", secret);
    return access(post(TOKENS, fields));
  }

  /** Whether the realm still gives tokens for an offline token of the agent's client. */
  public boolean redeems(String offlineToken) throws IOException, InterruptedException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("client_id", RealmNames.AGENT_CLIENT);
    fields.put("refresh_token", offlineToken);
    HttpResponse<byte[]> answer = send(TOKENS, fields, "");
    if (answer.statusCode() == 200) {
      return true;
    }
    JsonNode refused = JSON.readTree(answer.body());
    if (!refused.path("error").asText().equals("invalid_grant")) {
      throw new IOException("Keycloak answered " + answer.statusCode() + " " + refused);
    }
    return false;
  }

  private static String access(JsonNode tokens) {
    return tokens.get("access_token").asText();
  }

  private JsonNode byCode(
      TestAccount testAccount, String client, String scope, Map<String, String> more)
      throws IOException, InterruptedException {
    return byCode(testAccount, client, scope, more, "");
  }

  private JsonNode byCode(
      TestAccount testAccount, String client, String scope, Map<String, String> more, String proof)
      throws IOException, InterruptedException {
    String verifier = verifier();
    URI start = start(client, more.getOrDefault("redirect_uri", ""), scope, verifier);
    URI back = new KeycloakFormClient(stack.keycloakUrl(), testAccount).leave(start);
    String code =
        Arrays.stream(back.getRawQuery().split("&"))
            .filter(field -> field.startsWith("code="))
            .map(field -> field.substring("code=".length()))
            .findFirst()
            .orElseThrow(() -> new IOException("No code came back: " + back));
    Map<String, String> exchange = new LinkedHashMap<>(more);
    exchange.put("grant_type", "authorization_code");
    exchange.put("client_id", client);
    exchange.put("code", code);
    exchange.put("code_verifier", verifier);
    return post(TOKENS, exchange, proof);
  }

  /** Where a browser begins to sign in to a client. */
  private URI start(String client, String redirect, String scope, String verifier) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client);
    query.put("redirect_uri", redirect);
    query.put("scope", scope);
    query.put("code_challenge", challenge(verifier));
    query.put("code_challenge_method", "S256");
    return URI.create(stack.keycloakUrl() + "/protocol/openid-connect/auth?" + form(query));
  }

  private JsonNode post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    return post(path, fields, "");
  }

  private JsonNode post(String path, Map<String, String> fields, String proof)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(path, fields, proof);
    if (answer.statusCode() != 200) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException(path + ": " + answer.statusCode() + " " + said);
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<byte[]> send(String path, Map<String, String> fields, String proof)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(stack.keycloakUrl() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(fields)));
    if (!proof.isEmpty()) {
      request.header("DPoP", proof);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + KeycloakFormClient.encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String verifier() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return TextCodec.base64(bytes);
  }

  private static String challenge(String verifier) {
    return TextCodec.base64(Hash256.sha256(verifier.getBytes(StandardCharsets.US_ASCII)).toBytes());
  }
}
