package org.hikae.device.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.Json;

/**
 * Tokens as Keycloak issued them.
 *
 * @param accessToken for the portal and, sealed, for the vault
 * @param refreshToken the offline token
 * @param issuer who issued them
 * @param subject the employee's {@code sub}
 * @param authTime when the person last signed in
 * @param expiresAt when the access token ends
 */
public record Tokens(
    String accessToken,
    String refreshToken,
    String issuer,
    String subject,
    Instant authTime,
    Instant expiresAt) {

  /** The token endpoint's answer. */
  record Answer(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("refresh_token") String refreshToken,
      @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
      return "Answer(REDACTED)";
    }
  }

  /**
   * Reads the access token's claims. Its signature is not checked here: it came over TLS from the
   * token endpoint itself (OpenID Connect Core, section 3.1.3.7), and portal and vault check it.
   */
  static Tokens of(Answer answer, Instant now) throws AgentException {
    List<String> parts = List.of(answer.accessToken().split("\\.", -1));
    if (parts.size() != 3) {
      throw unreadable();
    }
    try {
      JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts.get(1)));
      String subject = claims.path("sub").asText("");
      String issuer = claims.path("iss").asText("");
      if (subject.isEmpty() || issuer.isEmpty()) {
        throw unreadable();
      }
      return new Tokens(
          answer.accessToken(),
          answer.refreshToken(),
          issuer,
          subject,
          Instant.ofEpochSecond(claims.path("auth_time").asLong(0)),
          now.plusSeconds(Math.clamp(answer.expiresIn(), 1, 86_400)));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static AgentException unreadable() {
    return new AgentException(RunResult.NETWORK, "login.strange-token");
  }

  @Override
  public String toString() {
    return "Tokens(REDACTED)";
  }
}
