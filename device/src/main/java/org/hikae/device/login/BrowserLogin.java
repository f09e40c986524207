package org.hikae.device.login;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.login.OidcClient.OidcResult;
import org.hikae.hk1.TextCodec;

/**
 * The authorization code flow with PKCE (RFC 7636) through a browser on this computer. The person
 * always signs in anew ({@code prompt=login}), because the vault asks for a recent sign-in.
 */
public final class BrowserLogin {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final OidcClient http;
  private final OidcEndpoints endpoints;
  private final String clientId;
  private final Clock clock;
  private final SecureRandom random;

  /** Signs in at the realm of {@code endpoints}. */
  public BrowserLogin(
      OidcClient http, OidcEndpoints endpoints, String clientId, Clock clock, SecureRandom random) {
    this.http = http;
    this.endpoints = endpoints;
    this.clientId = clientId;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Shows an address with {@code open}, waits for the browser to come back, and fetches the tokens.
   *
   * @param page what the browser shows at the end, plain text
   */
  public TokenSet signIn(String page, Consumer<URI> open) throws AgentException {
    String state = secret();
    Pkce pkce = Pkce.generate(random);
    try (LoopbackCallback callback = new LoopbackCallback(state, page)) {
      open.accept(address(callback.redirectUri(), state, pkce));
      String code = callback.await(LIMIT).getOrDefault("code", "");
      if (code.isEmpty()) {
        throw new AgentException(RunResult.REFUSED, "login.denied");
      }
      return exchange(code, callback.redirectUri(), pkce.verifier());
    }
  }

  private TokenSet exchange(String code, String redirect, String verifier) throws AgentException {
    OidcResult<TokenSet.TokenResponse> outcome =
        http.form(
            endpoints.token(),
            Map.of(
                "grant_type", "authorization_code",
                "client_id", clientId,
                "code", code,
                "redirect_uri", redirect,
                "code_verifier", verifier),
            TokenSet.TokenResponse.class);
    return switch (outcome) {
      case OidcResult.Success<TokenSet.TokenResponse>(TokenSet.TokenResponse tokenResponse) ->
          TokenSet.of(tokenResponse, clock.instant());
      case OidcResult.Denied<TokenSet.TokenResponse>(OidcClient.OAuthError error) ->
          throw new AgentException(RunResult.REFUSED, "login.code-refused", error.reason());
    };
  }

  private URI address(String redirect, String state, Pkce pkce) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId);
    query.put("redirect_uri", redirect);
    query.put("scope", DeviceCodeLogin.SCOPE);
    query.put("state", state);
    query.put("code_challenge", pkce.challenge());
    query.put("code_challenge_method", Pkce.METHOD);
    query.put("prompt", "login");
    String joined =
        query.entrySet().stream()
            .map(field -> field.getKey() + "=" + OidcClient.encode(field.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(endpoints.authorization() + "?" + joined);
  }

  private String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return TextCodec.base64(bytes);
  }
}
