package org.hikae.device.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.RequiredFields;
import org.hikae.device.http.HttpCall;
import org.hikae.device.http.HttpReply;
import org.hikae.device.http.HttpTransport;
import org.jspecify.annotations.Nullable;

/** Calls to Keycloak: forms out, JSON in. Answers with tokens are never quoted in messages. */
public final class OidcClient {

  private static final int MAX_BYTES = 256 * 1024;

  private final HttpTransport transport;

  /** Sends through {@code transport}. */
  public OidcClient(HttpTransport transport) {
    this.transport = transport;
  }

  /** An OAuth error (RFC 6749, section 5.2). */
  record OAuthError(String error, @JsonProperty("error_description") @Nullable String description) {

    String reason() {
      return description == null ? error : description;
    }
  }

  /** A form answered by success or by an OAuth error. */
  sealed interface OidcResult<T> {
    /** Success. */
    record Success<T>(T value) implements OidcResult<T> {}

    /** Refusal. */
    record Denied<T>(OAuthError error) implements OidcResult<T> {}
  }

  <T> T json(HttpCall call, Class<T> type) throws AgentException {
    HttpReply httpReply =
        transport.send(call.withHeader("Accept", "application/json").withMaxAnswerBytes(MAX_BYTES));
    if (!httpReply.granted()) {
      throw strange(call.uri());
    }
    return read(httpReply, call.uri(), type);
  }

  <T> OidcResult<T> form(URI uri, Map<String, String> fields, Class<T> type) throws AgentException {
    return form(uri, fields, "", type);
  }

  /** The same with a proof of the device's key, or none. */
  <T> OidcResult<T> form(URI uri, Map<String, String> fields, String proof, Class<T> type)
      throws AgentException {
    HttpReply httpReply = send(uri, fields, proof);
    if (httpReply.granted()) {
      return new OidcResult.Success<>(read(httpReply, uri, type));
    }
    return new OidcResult.Denied<>(read(httpReply, uri, OAuthError.class));
  }

  /** Sends a form whose answer has no body; says whether it was granted. */
  private boolean granted(URI uri, Map<String, String> fields) throws AgentException {
    return send(uri, fields, "").granted();
  }

  /**
   * Gives an offline token back to the realm that gave it (RFC 7009), and ends its session there.
   *
   * @return false when the realm says no
   */
  public boolean revoke(OidcEndpoints realm, String clientId, String refreshToken)
      throws AgentException {
    return granted(
        realm.revocation(),
        Map.of("client_id", clientId, "token_type_hint", "refresh_token", "token", refreshToken));
  }

  private HttpReply send(URI uri, Map<String, String> fields, String proof) throws AgentException {
    byte[] body =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.US_ASCII);
    HttpCall call =
        HttpCall.of("POST", uri)
            .withHeader("Accept", "application/json")
            .withMaxAnswerBytes(MAX_BYTES)
            .withBody("application/x-www-form-urlencoded", body);
    return transport.send(proof.isEmpty() ? call : call.withHeader(DpopProof.HEADER, proof));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static <T> T read(HttpReply httpReply, URI uri, Class<T> type) throws AgentException {
    T value;
    try {
      value = AgentJson.mapper().readValue(httpReply.body(), type);
    } catch (IOException e) {
      // No cause: Jackson's message may quote a token.
      throw strange(uri);
    }
    if (!RequiredFields.complete(value)) {
      throw strange(uri);
    }
    return value;
  }

  private static AgentException strange(URI uri) {
    return new AgentException(RunResult.NETWORK, "login.strange-answer", uri.getHost());
  }
}
