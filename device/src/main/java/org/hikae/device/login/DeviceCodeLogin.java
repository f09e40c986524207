package org.hikae.device.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.http.SafeAddress;
import org.hikae.device.http.Sleeper;
import org.hikae.device.login.OidcClient.OidcResult;
import org.jspecify.annotations.Nullable;

/**
 * The device authorization grant (RFC 8628): the agent shows a code, the person signs in with any
 * browser and confirms the code, and the agent polls meanwhile. It slows down when asked and stops
 * when the code expires or is denied.
 */
public final class DeviceCodeLogin {

  /** What the agent asks for: who the person is, and an offline token. */
  static final String SCOPE = "openid offline_access";

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int DEFAULT_INTERVAL_SECONDS = 5;
  private static final int SLOWER_SECONDS = 5;
  private static final int LONGEST_INTERVAL_SECONDS = 60;
  private static final long LONGEST_LIFE_SECONDS = 1800;

  /** What an address may have behind {@code #} as it is. */
  private static final Pattern PLAIN_CODE = Pattern.compile("[A-Za-z0-9-]{1,32}");

  private final OidcClient http;
  private final OidcEndpoints endpoints;
  private final String clientId;
  private final Clock clock;
  private final Sleeper sleeper;
  private final SecureRandom random;

  /** Signs in at the realm of {@code endpoints}. */
  public DeviceCodeLogin(
      OidcClient http,
      OidcEndpoints endpoints,
      String clientId,
      Clock clock,
      Sleeper sleeper,
      SecureRandom random) {
    this.http = http;
    this.endpoints = endpoints;
    this.clientId = clientId;
    this.clock = clock;
    this.sleeper = sleeper;
    this.random = random;
  }

  /**
   * What the person is shown.
   *
   * @param userCode the code to confirm
   * @param verificationUri where to type it
   * @param completeUri where it counts as typed, and is not shown
   * @param expiresAt when it ends
   */
  public record UserCode(
      String userCode, String verificationUri, String completeUri, Instant expiresAt) {

    /**
     * Where the person sees the code before they go on, so that they can compare it: the page that
     * asks for it, with the code behind {@code #}, where the sign-on's own page finds it. A page
     * that does not look there asks for it.
     */
    public String page() {
      return PLAIN_CODE.matcher(userCode).matches() && verificationUri.indexOf('#') < 0
          ? verificationUri + "#user_code=" + userCode
          : verificationUri;
    }
  }

  /** The answer of the device authorization endpoint. */
  record DeviceCodeResponse(
      @JsonProperty("device_code") String deviceCode,
      @JsonProperty("user_code") String userCode,
      @JsonProperty("verification_uri") String verificationUri,
      @JsonProperty("verification_uri_complete") @Nullable String completeUri,
      @JsonProperty("expires_in") long expiresIn,
      @Nullable Integer interval) {
    @Override
    public String toString() {
      return "DeviceCodeResponse(REDACTED)";
    }
  }

  /** Shows a code and waits until the person has confirmed it. */
  public TokenSet signIn(Consumer<UserCode> show) throws AgentException {
    Pkce pkce = Pkce.generate(random);
    OidcResult<DeviceCodeResponse> asked =
        http.form(
            endpoints.deviceAuthorization(),
            Map.of(
                "client_id",
                clientId,
                "scope",
                SCOPE,
                "code_challenge",
                pkce.challenge(),
                "code_challenge_method",
                Pkce.METHOD),
            DeviceCodeResponse.class);
    switch (asked) {
      case OidcResult.Success<DeviceCodeResponse>(DeviceCodeResponse deviceCodeResponse) -> {
        Instant end =
            clock
                .instant()
                .plusSeconds(Math.clamp(deviceCodeResponse.expiresIn(), 1, LONGEST_LIFE_SECONDS));
        show.accept(code(deviceCodeResponse, end));
        return poll(deviceCodeResponse, end, pkce);
      }
      case OidcResult.Denied<DeviceCodeResponse>(OidcClient.OAuthError error) ->
          throw new AgentException(RunResult.REFUSED, "login.device-grant-refused", error.reason());
    }
  }

  private static UserCode code(DeviceCodeResponse deviceCodeResponse, Instant end)
      throws AgentException {
    URI plain = SafeAddress.checked(deviceCodeResponse.verificationUri());
    String complete = deviceCodeResponse.completeUri();
    URI full = complete == null ? plain : SafeAddress.checked(complete);
    return new UserCode(deviceCodeResponse.userCode(), plain.toString(), full.toString(), end);
  }

  private TokenSet poll(DeviceCodeResponse deviceCodeResponse, Instant end, Pkce pkce)
      throws AgentException {
    Integer stated = deviceCodeResponse.interval();
    int interval =
        Math.clamp(stated == null ? DEFAULT_INTERVAL_SECONDS : stated, 1, LONGEST_INTERVAL_SECONDS);
    while (clock.instant().isBefore(end)) {
      rest(interval);
      OidcResult<TokenSet.TokenResponse> outcome =
          http.form(
              endpoints.token(),
              Map.of(
                  "grant_type",
                  GRANT,
                  "client_id",
                  clientId,
                  "device_code",
                  deviceCodeResponse.deviceCode(),
                  "code_verifier",
                  pkce.verifier()),
              TokenSet.TokenResponse.class);
      switch (outcome) {
        case OidcResult.Success<TokenSet.TokenResponse>(TokenSet.TokenResponse tokenResponse) -> {
          return TokenSet.of(tokenResponse, clock.instant());
        }
        case OidcResult.Denied<TokenSet.TokenResponse>(OidcClient.OAuthError error) ->
            interval = next(interval, error);
      }
    }
    throw new AgentException(RunResult.REFUSED, "login.code-expired");
  }

  private static int next(int interval, OidcClient.OAuthError error) throws AgentException {
    return switch (error.error()) {
      case "authorization_pending" -> interval;
      case "slow_down" -> Math.min(interval + SLOWER_SECONDS, LONGEST_INTERVAL_SECONDS);
      case "expired_token" -> throw new AgentException(RunResult.REFUSED, "login.code-expired");
      case "access_denied" -> throw new AgentException(RunResult.REFUSED, "login.denied");
      default ->
          throw new AgentException(RunResult.REFUSED, "login.device-grant-refused", error.reason());
    };
  }

  private void rest(int seconds) throws AgentException {
    try {
      sleeper.wait(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgentException(RunResult.CANCELLED, "run.cancelled");
    }
  }
}
