package org.hikae.device.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as Keycloak issued them.
 *
 * @param accessToken for the portal; one that is bound, for the vault
 * @param bound whether the realm has bound it to the key of the proof that it was asked with
 * @param refreshToken the offline token
 * @param issuer who issued them
 * @param subject the employee's {@code sub}
 * @param authTime when the person last signed in
 * @param expiresAt when the access token ends, by this computer's clock
 * @param realmAhead by how much the realm's clock was ahead of this computer's; negative when
 *     behind
 */
public record TokenSet(
    String accessToken,
    boolean bound,
    String refreshToken,
    String issuer,
    String subject,
    Instant authTime,
    Instant expiresAt,
    Duration realmAhead) {

  /** Latest time in a token that is read as one. */
  private static final long LATEST = 1L << 40;

  /** The token endpoint's answer. */
  record TokenResponse(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") @Nullable String tokenType,
      @JsonProperty("refresh_token") String refreshToken,
      @JsonProperty("expires_in") long expiresIn) {
    @Override
    public String toString() {
      return "TokenResponse(REDACTED)";
    }
  }

  /**
   * Reads the access token's claims. Its signature is not checked here: it came over TLS from the
   * token endpoint itself (OpenID Connect Core, section 3.1.3.7), and portal and vault check it.
   */
  static TokenSet of(TokenResponse tokenResponse, Instant now) throws AgentException {
    JsonNode claims = claims(tokenResponse.accessToken());
    String subject = claims.path("sub").asText("");
    String issuer = claims.path("iss").asText("");
    if (subject.isEmpty() || issuer.isEmpty()) {
      throw unreadable();
    }
    return new TokenSet(
        tokenResponse.accessToken(),
        DpopProof.TOKEN_TYPE.equalsIgnoreCase(tokenResponse.tokenType()),
        tokenResponse.refreshToken(),
        issuer,
        subject,
        time(claims, "auth_time", 0),
        now.plusSeconds(Math.clamp(tokenResponse.expiresIn(), 1, 86_400)),
        Duration.between(now, time(claims, "iat", now.getEpochSecond())));
  }

  /** The same for whoever is not to have the offline token. */
  TokenSet withoutRefreshToken() {
    return new TokenSet(accessToken, bound, "", issuer, subject, authTime, expiresAt, realmAhead);
  }

  private static Instant time(JsonNode claims, String name, long otherwise) {
    return Instant.ofEpochSecond(Math.clamp(claims.path(name).asLong(otherwise), 0, LATEST));
  }

  private static JsonNode claims(String token) throws AgentException {
    List<String> parts = List.of(token.split("\\.", -1));
    if (parts.size() != 3) {
      throw unreadable();
    }
    try {
      return AgentJson.mapper().readTree(Base64.getUrlDecoder().decode(parts.get(1)));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable();
    }
  }

  /**
   * Whether an offline token is one of a realm that exchanges them at each use ("Revoke Refresh
   * Token" of Keycloak), which then takes no earlier one. Keycloak gives such tokens a mark; a
   * token that cannot be read has none.
   */
  static boolean isExchanged(String refreshToken) {
    try {
      return claims(refreshToken).has("reuse_id");
    } catch (AgentException e) {
      return false;
    }
  }

  private static AgentException unreadable() {
    return new AgentException(RunResult.NETWORK, "login.strange-token");
  }

  @Override
  public String toString() {
    return "TokenSet(REDACTED)";
  }
}
