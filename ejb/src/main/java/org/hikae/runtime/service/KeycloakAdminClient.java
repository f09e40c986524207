package org.hikae.runtime.service;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls Keycloak's administration by a service account. Asks for a fresh token for each piece of
 * work, sends it in a header only, and gives up after a fixed time. Its failures are {@link
 * IOException}s whose messages hold statuses, never tokens or bodies.
 */
public final class KeycloakAdminClient {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Largest answer that is read, in bytes. */
  private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

  /** Well below the shortest life of a token that Keycloak suggests, a minute. */
  private static final Duration RECENT = Duration.ofSeconds(30);

  private final URI realmUrl;
  private final String clientId;
  private final String secret;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private volatile @Nullable CachedToken recent;

  /** Calls as the client {@code clientId} in the realm at {@code realmUrl}. */
  public KeycloakAdminClient(URI realmUrl, String clientId, String secret) {
    this.realmUrl = realmUrl;
    this.clientId = clientId;
    this.secret = secret;
  }

  /** Whether there is a secret, without which nothing but {@link #issuer} can be asked. */
  public boolean hasSecret() {
    return !secret.isEmpty();
  }

  /** The issuer that the realm's tokens name. */
  public String issuer() throws IOException {
    HttpRequest request =
        request(URI.create(realmUrl + "/.well-known/openid-configuration")).GET().build();
    return json(request).asJsonObject().getString("issuer");
  }

  /** A fresh access token; a secret. */
  public String token() throws IOException {
    if (secret.isEmpty()) {
      throw new IOException("There is no secret for the service account " + clientId);
    }
    String form =
        "grant_type=client_credentials&client_id="
            + URLEncoder.encode(clientId, StandardCharsets.UTF_8)
            + "&client_secret="
            + URLEncoder.encode(secret, StandardCharsets.UTF_8);
    HttpRequest request =
        request(URI.create(realmUrl + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    JsonObject answer = json(request).asJsonObject();
    return answer.getString("access_token");
  }

  /** An access token that is at most half a minute old; for work that asks many times. A secret. */
  public String recentToken() throws IOException {
    CachedToken known = recent;
    if (known == null || System.nanoTime() - known.takenAt() > RECENT.toNanos()) {
      long now = System.nanoTime();
      known = new CachedToken(token(), now);
      recent = known;
    }
    return known.token();
  }

  private record CachedToken(String token, long takenAt) {
    @Override
    public String toString() {
      return "CachedToken(REDACTED)";
    }
  }

  /** Reads {@code path} below the realm's administration. */
  public JsonStructure get(String token, String path) throws IOException {
    return json(admin(token, path).GET().build());
  }

  /** The status of reading {@code path}. */
  public int status(String token, String path) throws IOException {
    return send(admin(token, path).GET().build()).statusCode();
  }

  /** Deletes {@code path} and returns the status. */
  public int delete(String token, String path) throws IOException {
    return send(admin(token, path).DELETE().build()).statusCode();
  }

  private HttpRequest.Builder admin(String token, String path) {
    String realms = realmUrl.getRawPath();
    URI uri = realmUrl.resolve("/admin" + realms + path);
    return request(uri).header("Authorization", "Bearer " + token);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(ANSWER).header("Accept", "application/json");
  }

  private JsonStructure json(HttpRequest request) throws IOException {
    Answer answer = send(request);
    if (answer.statusCode() != 200) {
      throw new KeycloakRefusalException(answer.statusCode(), request.uri().getPath());
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(answer.body()))) {
      return reader.read();
    } catch (JsonException e) {
      throw new IOException("Keycloak's answer at " + request.uri().getPath() + " is not JSON", e);
    }
  }

  private record Answer(int statusCode, byte[] body) {}

  private Answer send(HttpRequest request) throws IOException {
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
        if (bytes.length > MAX_ANSWER_BYTES) {
          throw new IOException(
              "Keycloak's answer at " + request.uri().getPath() + " is too large");
        }
        return new Answer(answer.statusCode(), bytes);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while asking Keycloak", e);
    }
  }

  @Override
  public String toString() {
    return "KeycloakAdminClient(" + clientId + ")";
  }
}
